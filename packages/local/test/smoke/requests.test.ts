/** Requests of the smoke check. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSend } from '../../src/smoke/requests.ts'

const paths: string[] = []
const keys: unknown[] = []
const server = createServer(({ url = '', headers }, response) => {
  paths.push(url)
  keys.push(headers['x-api-key'])
  response.writeHead(url === '/health' ? 302 : 200, { location: '/elsewhere' }).end('{"status":"ok"}')
})

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => server.close())

it('do not follow a redirect: another page would be found healthy', async () => {
  const { port } = server.address() as AddressInfo
  const answer = await createSend(`http://127.0.0.1:${port}/graphql`)('/health')
  expect([answer.status, paths]).toEqual([302, ['/health']])
})

it('have the API key beside a token alone, for a stage that demands keys', async () => {
  keys.length = 0
  const { port } = server.address() as AddressInfo
  const send = createSend(`http://127.0.0.1:${port}/graphql`, 'key')
  await send('/graphql', { token: 'token' })
  await send('/graphql')
  await createSend(`http://127.0.0.1:${port}/graphql`)('/graphql', { token: 'token' })
  expect(keys).toEqual(['key', undefined, undefined])
})
