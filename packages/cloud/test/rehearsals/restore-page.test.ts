/** The deployments of `docs/restore.md`, typed as they are printed, with an engine that creates nothing. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyNames } from '@fieldnotes/table/table-shapes'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Copy, changedCopy } from '../../src/copy.ts'
import { root } from '../../src/paths.ts'
import { setSecrets } from '../../src/required-secrets.ts'
import { type Ended, offlineSst, type Sst } from '../../src/sst.ts'
import { one } from '../find-resources.ts'

const page = readFileSync(join(root, 'docs/restore.md'), 'utf8')
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block.replaceAll(/^ {3}/gm, ''))
const [find = '', restore = '', complete = '', adopt = '', wayBack = ''] = blocks

/** As an editor may leave the file: without a line break at its end. */
const settings = 'FIELDNOTES_ORIGINS=https://notes.example.com\nFIELDNOTES_ALARM_EMAIL=operator@example.com'
const stage = ['--stage', 'production']

let copy: Copy
let sst: Sst

function type(block: string): Promise<Ended> {
  return sst.exec('sh', '-ec', block)
}

beforeAll(async () => {
  copy = changedCopy([])
  writeFileSync(join(copy.root, '.env.production'), settings)
  sst = await offlineSst({ root: copy.root })
  await setSecrets(sst, ...stage)
  await sst.run('deploy', ...stage)
})

afterAll(() => {
  sst.close()
  copy.remove()
})

describe('docs/restore.md', () => {
  it('has five steps, of which the last two are deployments', () => {
    expect(blocks).toHaveLength(5)
    expect(blocks.map((block) => block.includes('npx sst deploy'))).toEqual([false, false, false, true, true])
    expect(restore).toContain('restore-table-to-point-in-time')
    expect(complete).toContain(`AttributeName=${keyNames.timeToLive}`)
  })

  it('gives the restored table the ceiling of the stage’s own', () => {
    const { onDemandThroughput } = one(inject('production'), 'aws:dynamodb/table:Table', 'TableTable').inputs
    const { maxReadRequestUnits, maxWriteRequestUnits } = onDemandThroughput as Readonly<Record<string, number>>
    const ceiling = `MaxReadRequestUnits=${maxReadRequestUnits},MaxWriteRequestUnits=${maxWriteRequestUnits}`
    expect(restore).toContain(`--on-demand-throughput-override ${ceiling}\n`)
  })

  it('is typed on any platform: BSD’s sed has another -i', () => {
    expect(page).not.toMatch(/sed -i/)
  })

  it('finds the name of the table in use', async () => {
    expect(await type(find)).toEqual({
      status: 0,
      output: expect.stringMatching(/^fieldnotes-production-TableTable-[a-z]{8}\n$/),
    })
  })

  it('adopts the restored table: nothing is created, replaced or deleted', async () => {
    const { status, output } = await type(adopt)
    expect([status, output]).toEqual([0, expect.stringContaining('notes-restored')])
    expect(output).toMatch(/Updated +Graphql sst:aws:Function/)
    expect(output).not.toMatch(/(Created|Deleted) +\w+ sst:aws:Dynamo/)
    expect(output).not.toContain('AlarmEmail')
    expect((await type(find)).output).toBe('notes-restored\n')
    const again = await sst.run('diff', ...stage)
    expect(again.output).toContain('No changes')
  })

  it('adopts the table of a second restore, and leads back to that of the first', async () => {
    const again = await type(adopt.replaceAll('notes-restored', 'notes-restored-2'))
    expect([again.status, (await type(find)).output]).toEqual([0, 'notes-restored-2\n'])
    const lines = readFileSync(join(copy.root, '.env.production'), 'utf8').split('\n')
    expect(lines).toEqual([...settings.split('\n'), 'FIELDNOTES_TABLE=notes-restored-2', ''])
    expect(page).toMatch(/\*\*The way back\*\* is step 4 with `OLD` in the place\s+of `notes-restored`/)
    expect([(await type(adopt)).status, (await type(find)).output]).toEqual([0, 'notes-restored\n'])
  })

  it('tags the restored table as the stage’s own', () => {
    const { tags } = inject('production').app.providers.aws.defaultTags as { tags: Readonly<Record<string, string>> }
    const given = Object.entries(tags).map(([key, value]) => `Key=${key},Value=${value}`)
    expect(complete).toContain(`--tags ${given.join(' ')}\n`)
  })

  it('takes no setting from the terminal: it would go into production unseen', async () => {
    const { status, output } = await type(`export FIELDNOTES_ISSUERS='[]' FIELDNOTES_GATE_DENIES=on\n${adopt}`)
    expect([status, output]).toEqual([1, expect.stringContaining('file: FIELDNOTES_ISSUERS, FIELDNOTES_GATE_DENIES')])
  })

  it('takes the line of the file in the place of an exported one', async () => {
    expect((await type(`export FIELDNOTES_TABLE=notes-of-alice\n${adopt}`)).status).toBe(0)
    expect((await type(find)).output).toBe('notes-restored\n')
  })

  it('leads back to the stage’s own table', async () => {
    const { status, output } = await type(wayBack)
    expect([status, output]).toEqual([0, expect.stringMatching(/Updated +Graphql sst:aws:Function/)])
    const again = await sst.run('diff', ...stage)
    expect(again.output).toContain('No changes')
    expect(readFileSync(join(copy.root, '.env.production'), 'utf8').trim()).toBe(settings)
  })
})
