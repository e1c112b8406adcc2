import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createTable } from '../src/table.ts'

it('two tables of one process use one connection, one after the other', async () => {
  let connections = 0
  const names: string[] = []
  const server = createServer(async (request, response) => {
    const [body] = await once(request, 'data')
    names.push(JSON.parse(String(body)).TableName)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"ConsumedCapacity":{}}')
  }).listen(0, '127.0.0.1')
  server.on('connection', () => {
    connections += 1
  })
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const name of ['notes', 'access', 'notes'])
    await createTable({ name, region: 'eu-west-1', endpoint }).get({ pk: 'p', sk: 's' })
  server.closeAllConnections()
  server.close()
  expect([names, connections]).toEqual([['notes', 'access', 'notes'], 1])
})
