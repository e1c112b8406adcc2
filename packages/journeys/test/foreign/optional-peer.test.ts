/** firebase-admin is optional: a project without it builds and starts, and gets a clear error where it is needed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundlers } from './kit/bundlers.ts'
import { allRuns } from './kit/host-matrix.ts'
import { nodeBinary } from './kit/node-binary.ts'
import { createProject, type Project, type Resolution } from './kit/project.ts'
import { run } from './kit/run.ts'

const file = 'online-check.ts'
const options = { packages: ['core', 'identity'], files: [`packages/journeys/test/foreign/programs/${file}`] } as const

const missing = {
  code: 'UNAVAILABLE',
  reason: 'firebase_admin_missing',
  cause: 'issuer firebase has onlineCheck: true, which needs the package firebase-admin: npm install firebase-admin',
  loaded: [],
}

/** firebase-admin was loaded, and got no credential. */
const present = { code: 'UNAVAILABLE', reason: 'online_check_failed', cause: '', loaded: ['function'] }

describe.each([
  ['without firebase-admin', [], missing],
  ['with firebase-admin 13', ['firebase-admin13'], present],
])('a project %s', (_what, dependencies, expected) => {
  let project: Project
  beforeAll(async () => {
    project = await createProject({ ...options, dependencies })
  })
  afterAll(() => project?.[Symbol.asyncDispose]())

  it.each<Resolution>(['nodenext', 'bundler'])('has types under moduleResolution %s', async (resolution) => {
    await project.compile(resolution)
  })

  it.each(allRuns)('gets that answer on Node $node, bundler $bundler', async ({ node, bundler }) => {
    await using program = await bundlers[bundler](project, file)
    const binary = node === 'this' ? process.execPath : await nodeBinary(node)
    expect(JSON.parse(await run(project.folder, binary, program.path))).toEqual(expected)
  })
})
