/** Requests of the smoke check. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSend } from '../../src/smoke/requests.ts'

const paths: string[] = []
const server = createServer(({ url = '' }, response) => {
  paths.push(url)
  response.writeHead(url === '/health' ? 302 : 200, { location: '/elsewhere' }).end('{"status":"ok"}')
})

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => server.close())

it('do not follow a redirect: another page would be found healthy', async () => {
  const { port } = server.address() as AddressInfo
  const answer = await createSend(`http://127.0.0.1:${port}/graphql`)('/health')
  expect([answer.status, paths]).toEqual([302, ['/health']])
})
