/** How often the SDK tries a request: at most 3 times, and less while faults last. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createTable } from '../src/table.ts'

/** A DynamoDB that answers every request with this fault, and counts them. */
async function startFaulty(status: number, fault: string) {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    request.resume()
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify({ __type: fault }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const read = () => createTable({ name: 'notes', region: 'eu-west-1', endpoint })
  return { read, requests: () => requests }
}

/** Faults, and the repetitions that the budget of 500 has for them: 14 for each, 5 after throttling. */
const faults: readonly [fault: string, status: number, repetitions: number][] = [
  ['InternalServerError', 500, 35],
  ['ThrottlingException', 400, 100],
]

it.each(faults)('the SDK tries a request 3 times: %s', async (fault, status) => {
  const { read, requests } = await startFaulty(status, fault)
  await expect(read().get({ pk: 'p', sk: 's' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(requests()).toBe(3)
})

it.each(faults)(
  'the SDK tries each request once when its budget is used up: %s',
  async (fault, status, repetitions) => {
    const { read, requests } = await startFaulty(status, fault)
    const table = read()
    const calls = Array.from({ length: 60 }, () => table.get({ pk: 'p', sk: 's' }).catch(({ code }) => code))
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['UNAVAILABLE']))
    expect(requests()).toBe(60 + repetitions)
    await expect(table.get({ pk: 'p', sk: 's' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(requests()).toBe(60 + repetitions + 1)
  },
)
