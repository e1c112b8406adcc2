/** How many requests of a person work on an export that does not end. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { expect, it } from 'vitest'
import { note, personOf, tokenFor } from './kit/far-side.ts'
import { createWorld } from './kit/world.ts'

const { config } = accessTable()

/** Exports that no token can read. */
function pendingWorld() {
  const world = createWorld(config())
  Object.assign(world.far, { notes: [note('a')], requestsOfToken: 0 })
  const post = async (person: string) => {
    const now = Math.floor((Date.now() + world.clock.ahead) / 1000)
    const token = await tokenFor(personOf(person), { iat: now, exp: now + 300, auth_time: now })
    return world.start().call('POST', '/exporter/exports', token)
  }
  return { ...world, post }
}

it('ten requests at once work, of whatever process, and the next ones get the location and a wait', async () => {
  const { far, clock, post } = pendingWorld()
  const answers = []
  for (let count = 0; count < 12; count += 1) answers.push(await post('often'))
  expect(far.exchanges).toHaveLength(10)
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`)).size).toBe(1)
  expect(answers.map(({ headers }) => headers['retry-after'])).toEqual([...Array(10).fill(undefined), '5', '5'])
  await post('another')
  expect(far.exchanges).toHaveLength(11)
  far.requestsOfToken = 100
  expect((await post('often')).body.status).toBe('pending')
  clock.ahead += 5000
  expect((await post('often')).body.status).toBe('done')
})

it('of many requests at the same time no more work', async () => {
  const { far, post } = pendingWorld()
  await Promise.all(Array.from({ length: 20 }, () => post('together')))
  expect(far.exchanges.length).toBeGreaterThan(0)
  expect(far.exchanges.length).toBeLessThanOrEqual(10)
})

it('one request after the other works each time, however long the export is', async () => {
  const { far, clock, post } = pendingWorld()
  for (let count = 1; count <= 15; count += 1) {
    await post('slow')
    expect(far.exchanges).toHaveLength(count)
    clock.ahead += 5000
  }
})
