/** The replacements of `docs/restore.md`, as it says, with an engine that creates nothing. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Change, type Copy, changed, changedCopy } from '../../src/copy.ts'
import { root } from '../../src/paths.ts'
import { setSecrets } from '../../src/required-secrets.ts'
import { offlineSst, type Sst } from '../../src/sst.ts'
import { editsOf } from '../walk.ts'

const page = readFileSync(join(root, 'docs/restore.md'), 'utf8').replaceAll(/^ {2}/gm, '')
const [ofPool, ofTable] = editsOf(page)
const stage = ['--stage', 'production']

const otherNames = { file: 'infra/user-pool.ts', from: "usernames: ['email']", to: "usernames: ['email', 'phone']" }
const otherKeys = { file: 'infra/table-options.ts', from: 'rangeKey: sortKey }', to: 'rangeKey: timeToLive }' }
const otherIndex = { file: 'infra/table.ts', from: /\n {4}byChange: .*/, to: '' }
const otherTable = { file: 'infra/table.ts', from: "Dynamo('Table'", to: "Dynamo('Table2'" }
const otherLog = {
  file: 'infra/graphql.ts',
  from: "logOf('GraphqlLog', 'graphql')",
  to: "logOf('GraphqlLog', 'endpoint')",
}

let copy: Copy
let sst: Sst

function apply(change: Change): void {
  writeFileSync(join(copy.root, change.file), changed(copy.root, change))
}

/** Applies the change of the page to the list of what is unprotected. */
function unprotect(edit = ofPool): void {
  const path = join(copy.root, 'infra/kept.ts')
  writeFileSync(path, edit?.edit(readFileSync(path, 'utf8')) ?? '')
}

function deploy() {
  return sst.run('deploy', ...stage)
}

/** The file as it is in the repository. */
function restore(file: string): void {
  writeFileSync(join(copy.root, file), readFileSync(join(root, file)))
}

beforeEach(async () => {
  copy = changedCopy([])
  sst = await offlineSst({ root: copy.root, env: { FIELDNOTES_ORIGINS: 'https://notes.example.com' } })
  await setSecrets(sst, ...stage)
  await deploy()
})

afterEach(() => {
  sst.close()
  copy.remove()
})

describe('docs/restore.md, "Replace"', () => {
  it('replaces the pool with its domain, and protects the new ones again', async () => {
    apply(otherNames)
    expect(await deploy()).toMatchObject({ status: 1, output: expect.stringContaining('unable to replace resource') })
    unprotect()
    expect(await sst.run('diff', ...stage)).toMatchObject({ status: 0 })
    const { status, output } = await deploy()
    expect([status, output]).toEqual([0, expect.stringMatching(/Created .*UsersUserPool[\s\S]*Created .*UsersDomain/)])
    restore('infra/kept.ts')
    expect(await deploy()).toMatchObject({ status: 0 })
    restore('infra/user-pool.ts')
    expect(await deploy()).toMatchObject({ status: 1, output: expect.stringContaining('unable to replace resource') })
  })

  it('replaces one log group by its name', async () => {
    apply(otherLog)
    expect(await deploy()).toMatchObject({ status: 1, output: expect.stringContaining('unable to replace resource') })
    apply({ file: 'infra/kept.ts', from: 'readonly string[] = []', to: "readonly string[] = ['GraphqlLog']" })
    expect(await deploy()).toMatchObject({ status: 0 })
  })

  it('replaces a table by one with another name, while the others are protected', async () => {
    unprotect(ofTable)
    expect(await deploy()).toMatchObject({ status: 0 })
    for (const change of [otherTable, otherIndex]) apply(change)
    const { status, output } = await deploy()
    expect([status, output]).toEqual([0, expect.stringMatching(/Created +Table2 sst:aws:Dynamo/)])
    apply(otherKeys)
    const refused = await deploy()
    expect([refused.status, refused.output]).toEqual([1, expect.stringContaining('unable to replace resource')])
  })
})
