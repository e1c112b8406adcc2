/** The matrix of foreign projects: each host × Node version × bundler answers the same requests in the same way. */
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BundleOptions, type Bundler, bundlers } from './bundlers.ts'
import { type NodeMajor, nodeBinary } from './node-binary.ts'
import { createProject, type Project, type ProjectOptions, type Resolution } from './project.ts'
import { createLocalIssuer, type LocalIssuer } from './project-issuer.ts'
import { root } from './root.ts'
import { startServer } from './server.ts'

/** One example program and what it needs. */
export interface Host extends Omit<ProjectOptions, 'files'>, BundleOptions {
  readonly name: string
  /** The example's path in the repository. It listens on `PORT`. */
  readonly example: string
  /** Other files of the repository for the same folder, such as what the example imports. */
  readonly others?: readonly string[]
}

/** One caller's request to a running example. */
export interface ExampleRequest {
  /** The caller, such as `a caller without token`. */
  readonly caller: string
  /** Sends the request and returns what the test compares. */
  readonly send: (origin: string, issuer: LocalIssuer) => Promise<unknown>
  readonly expected: unknown
}

/** One column of the matrix. `this` is the Node that runs the tests, which needs no installation. */
export interface Run {
  readonly node: NodeMajor | 'this'
  readonly bundler: Bundler
}

/** All columns. */
export const allRuns: readonly Run[] = (['20', '22', '24'] as const).flatMap((node) => [
  { node, bundler: 'none' as const },
  { node, bundler: 'esbuild' as const },
  { node, bundler: 'vite' as const },
])

/** Sends requests for the examples' issuer to the local issuer. */
const preload = [join(root, 'packages/identity/test/kit/redirect-issuer.mjs')]

/** Declares the tests of some hosts: types under both module resolutions, and every request in every run. */
export function describeHosts(hosts: readonly Host[], requests: readonly ExampleRequest[], runs: readonly Run[]): void {
  describe.each(hosts)('$name in a foreign project', (host) => {
    let project: Project
    let issuer: LocalIssuer
    beforeAll(async () => {
      issuer = await createLocalIssuer()
      project = await createProject({ ...host, files: [host.example, ...(host.others ?? [])] })
    })
    afterAll(async () => {
      await project?.[Symbol.asyncDispose]()
      await issuer?.[Symbol.asyncDispose]()
    })

    it.each<Resolution>(['nodenext', 'bundler'])('has types under moduleResolution %s', async (resolution) => {
      await project.compile(resolution)
    })

    it.each(runs)('answers every caller on Node $node, bundler $bundler', async ({ node: major, bundler }) => {
      const node = major === 'this' ? process.execPath : await nodeBinary(major)
      await using program = await bundlers[bundler](project, basename(host.example), host)
      const environment = { ISSUER_ORIGIN: issuer.origin }
      await using server = await startServer({ node, preload, program: program.path, environment })
      for (const { caller, send, expected } of requests) {
        expect(await send(server.origin, issuer), caller).toEqual(expected)
      }
    })
  })
}
