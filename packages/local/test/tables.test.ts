/** The tables of the local cloud: created beside those that are there, published while it runs, and deleted again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { createTable } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { startDatabase } from '../src/database.ts'
import { ensureTable } from '../src/ensure-table.ts'
import { runningTables } from '../src/tables.ts'
import { start } from './cloud/clouds.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function namesAt(endpoint: string | undefined): Promise<readonly string[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint: endpoint ?? '', region: 'eu-west-1', credentials, maxAttempts: 1 })
  const { TableNames = [] } = await client.send(new ListTablesCommand({}))
  client.destroy()
  return TableNames
}

const names = ['fieldnotes', 'fieldnotes-access', 'fieldnotes-rates']
const item = { pk: 'p', sk: 's' }

describe('the tables of the local cloud', () => {
  it('are three, and the endpoint gets the one of the doors', async () => {
    const { table, access, config } = await start()
    expect(await namesAt(table.endpoint)).toEqual(names)
    expect([config.table, config.access]).toEqual([table, access])
    expect(access).toEqual({ ...table, name: 'fieldnotes-access' })
  })

  it('are added to a data folder that has the notes alone, which stay', async () => {
    const folder = temporaryFolder()
    const database = await startDatabase(join(folder, 'notes.db'), () => {})
    const notes = { name: 'fieldnotes', region: 'eu-west-1', endpoint: database.endpoint }
    await ensureTable(notes, 'notes')
    await createTable(notes).write({ put: { ...item, kept: true } })
    await database.stop()
    const { table } = await start({ folder, ephemeral: false })
    expect(await namesAt(table.endpoint)).toEqual(names)
    expect(await createTable(table).get(item)).toMatchObject({ kept: true })
  })

  it('keep what the doors store across a restart', async () => {
    const first = await start({ ephemeral: false })
    await createTable(first.access).write({ put: { ...item, kept: true } })
    await first.stop()
    const { access } = await start({ folder: first.folder, ephemeral: false })
    expect(await createTable(access).get(item)).toMatchObject({ kept: true })
  })

  it('are tables of their own on a foreign DynamoDB while it is ephemeral, and are all deleted', async () => {
    const { table } = await start()
    const guest = await start({ endpoint: table.endpoint })
    const added = (await namesAt(table.endpoint)).filter((name) => !names.includes(name))
    expect(added).toHaveLength(3)
    expect(new Set(added.map((name) => name.slice(-36))).size).toBe(1)
    await guest.stop()
    expect(await namesAt(table.endpoint)).toEqual(names)
  })
})

describe('tables.json', () => {
  it('has the database and the names of the tables, for the owner alone, while the cloud runs', async () => {
    const { folder, table, stop } = await start()
    const file = join(folder, 'tables.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const { endpoint, region } = table
    const [notes, access, rates] = names
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ endpoint, region, notes, access, rates })
    expect(runningTables(folder)).toMatchObject({ notes: table, rates: { ...table, name: rates } })
    await stop()
    expect([existsSync(file), runningTables(folder)]).toEqual([false, undefined])
  })

  it.each(['', '{', 'null', '{}', '{"endpoint":"http://127.0.0.1:1","access":"x"}'])(
    'is ignored when it has %j',
    async (text) => {
      const { folder } = await start()
      writeFileSync(join(folder, 'tables.json'), text)
      expect(runningTables(folder)).toBeUndefined()
    },
  )

  it('of a killed cloud is ignored', async () => {
    const folder = temporaryFolder()
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    writeFileSync(join(folder, 'lock'), `${child.pid} 1`)
    writeFileSync(join(folder, 'tables.json'), JSON.stringify({ endpoint: 'http://127.0.0.1:1', access: 'x' }))
    expect(runningTables(folder)).toBeUndefined()
  })
})
