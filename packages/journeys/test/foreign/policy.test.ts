/** The whole matrix of packages/policy. Only in `npm run test:all`. */
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bundler, bundlers } from './kit/bundlers.ts'
import { allRuns, describeHosts } from './kit/host-matrix.ts'
import { nodeBinary } from './kit/node-binary.ts'
import { callers, callersAndLimits, policyHosts, shieldHost } from './kit/policy-hosts.ts'
import { createProject, type Project } from './kit/project.ts'
import { startServer } from './kit/server.ts'

describeHosts(policyHosts, callersAndLimits, allRuns)

// graphql-shield does not load in Node.js 23 and newer.
describeHosts(
  [shieldHost],
  callers,
  allRuns.filter(({ node }) => node !== '24'),
)

describe('rule objects of graphql-shield in a bundle without the names of classes', () => {
  let project: Project
  beforeAll(async () => {
    project = await createProject({ ...shieldHost, files: [shieldHost.example, ...(shieldHost.others ?? [])] })
  })
  afterAll(() => project?.[Symbol.asyncDispose]())

  it.each<Bundler>(['esbuild', 'vite'])('do not start: %s', async (bundler) => {
    await using program = await bundlers[bundler](project, basename(shieldHost.example), {})
    const options = { node: await nodeBinary('22'), preload: [], program: program.path, environment: {} }
    await expect(startServer(options)).rejects.toThrow(/PolicyError[\s\S]*is not a rule/)
  })
})
