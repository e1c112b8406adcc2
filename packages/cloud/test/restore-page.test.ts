/** The deployments of `docs/restore.md`, typed as they are printed, with an engine that creates nothing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyNames } from '@fieldnotes/table/table-shapes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Copy, changedCopy } from '../src/copy.ts'
import { root } from '../src/paths.ts'
import { type Ended, offlineSst, type Sst } from '../src/sst.ts'

const page = readFileSync(join(root, 'docs/restore.md'), 'utf8')
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block.replaceAll(/^ {3}/gm, ''))
const [restore = '', complete = '', adopt = '', wayBack = ''] = blocks
const stage = ['--stage', 'production']

let copy: Copy
let sst: Sst

function type(block: string): Promise<Ended> {
  return sst.exec('sh', '-ec', block)
}

beforeAll(async () => {
  copy = changedCopy([])
  sst = await offlineSst({ root: copy.root, env: { FIELDNOTES_ORIGINS: 'https://notes.example.com' } })
  await sst.run('secret', 'set', 'CursorSecrets', 'a-secret-of-at-least-thirty-two-bytes', ...stage)
  await sst.run('deploy', ...stage)
})

afterAll(() => {
  sst.close()
  copy.remove()
})

describe('docs/restore.md', () => {
  it('has four steps, of which the last two are deployments', () => {
    expect(blocks).toHaveLength(4)
    expect(blocks.map((block) => block.includes('npx sst deploy'))).toEqual([false, false, true, true])
    expect(restore).toContain('restore-table-to-point-in-time')
    expect(complete).toContain(`AttributeName=${keyNames.timeToLive}`)
  })

  it('adopts the restored table: nothing is created, replaced or deleted', async () => {
    const { status, output } = await type(adopt)
    expect([status, output]).toEqual([0, expect.stringContaining('notes-restored')])
    expect(output).toMatch(/Updated +Graphql sst:aws:Function/)
    expect(output).not.toMatch(/(Created|Deleted) +\w+ sst:aws:Dynamo/)
    const again = await sst.run('diff', ...stage)
    expect(again.output).toContain('No changes')
  })

  it('leads back to the old table', async () => {
    const { status, output } = await type(wayBack)
    expect([status, output]).toEqual([0, expect.stringMatching(/Updated +Graphql sst:aws:Function/)])
    const again = await sst.run('diff', ...stage)
    expect(again.output).toContain('No changes')
  })
})
