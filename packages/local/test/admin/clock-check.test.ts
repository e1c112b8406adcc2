/** How far an operator's clock may be wrong, at both sides of the limit and at each part of a second. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { assertClock } from '../../src/admin/clock-check.ts'

const second = Date.UTC(2026, 10, 26, 17, 30)

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))

afterEach(() => void vi.useRealTimers())

/** Compares a clock at `now` with a database that is `ahead` seconds ahead. The request takes no time. */
async function compare(now: number, ahead: number): Promise<void> {
  vi.setSystemTime(now)
  const date = new Date(now + ahead * 1000).toUTCString()
  const server = createServer((_request, response) => void response.writeHead(200, { date }).end())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    await assertClock({ name: 'access', region: 'eu-west-1', endpoint: `http://127.0.0.1:${port}` })
  } finally {
    server.close()
  }
}

describe.each([1, 500, 999])('assertClock, %i ms after a second', (ms) => {
  const now = second + ms

  it.each([-2, -1, 0, 1, 2])('accepts a database that is %i seconds ahead', async (ahead) => {
    await expect(compare(now, ahead)).resolves.toBeUndefined()
  })

  it.each([
    [3, 'behind'],
    [-3, 'ahead'],
  ])('refuses a database that is %i seconds ahead: the machine is %s', async (ahead, word) => {
    await expect(compare(now, ahead)).rejects.toThrow(new RegExp(`clock is 3 seconds ${word}, and nothing was written`))
  })
})
