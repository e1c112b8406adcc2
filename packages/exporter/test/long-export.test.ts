/** An export that takes longer than the 5 seconds of a request: each request goes on, however much is stored. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { expect, it } from 'vitest'
import type { ArchiveStore } from '../src/store/archive-store.ts'
import { note, personOf, tokenFor } from './kit/far-side.ts'
import { createWorld, type World } from './kit/world.ts'

const { config } = accessTable()
const parts = 60

/** Milliseconds of each call, by which the clock is moved: no time passes. */
const readMs = 300
const storeMs = 200

/** A world of 59 pages of notes and a profile, whose store takes its time. It counts the parts that are read. */
function slowWorld() {
  const world = createWorld(config())
  const counted = { reads: 0 }
  const { get, put } = world.store
  world.far.notes = Array.from({ length: 2 * (parts - 1) }, (_, index) => note(`n${index}`))
  const slow: Pick<ArchiveStore, 'get' | 'put'> = {
    get: (key) => {
      counted.reads += 1
      world.clock.ahead += readMs
      return get(key)
    },
    put: (key, body) => {
      world.clock.ahead += storeMs
      return put(key, body)
    },
  }
  Object.assign(world.store, slow)
  return { world, counted }
}

async function request({ start, clock }: World, person: string) {
  const now = Math.floor((Date.now() + clock.ahead) / 1000)
  const token = await tokenFor(person, { iat: now, exp: now + 300, auth_time: now })
  return (await start().call('POST', '/exporter/exports', token)).body.status
}

it('of more parts than a request could read is complete after a few, and reads each part for the archive alone', async () => {
  const { world, counted } = slowWorld()
  const before = []
  while ((await request(world, personOf('long'))) === 'pending') {
    before.push(counted.reads)
    expect(before.length).toBeLessThan(10)
  }
  expect(counted.reads).toBe(parts)
  // At most 25 pages of 200 ms in a request of 5 seconds, and no part is read while pages are left.
  expect(before.length).toBeGreaterThanOrEqual(2)
  expect(new Set(before)).toEqual(new Set([0]))
})
