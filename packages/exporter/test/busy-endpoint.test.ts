/** An endpoint that refuses for now (429): the export waits as long as it says, or stays pending, and never fails. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { describe, expect, it } from 'vitest'
import { type Instead, note, personOf, tokenFor } from './kit/far-side.ts'
import { createWorld } from './kit/world.ts'

const { config } = accessTable()
const limited = { errors: [{ extensions: { code: 'LIMIT_EXCEEDED', remedy: { kind: 'RETRY', after: 2 } } }] }

/** Exports while the endpoint answers in this way at first. */
async function exported(person: string, instead: Partial<Instead>, work?: 'after') {
  const world = createWorld(config(), work)
  world.far.notes = [note('a')]
  world.far.instead = { at: 'endpoint', status: 429, body: limited, ...instead }
  const { call } = world.start()
  const token = await tokenFor(personOf(person))
  const post = () => call('POST', '/exporter/exports', token)
  return { world, post, first: await post() }
}

describe('a request whose reads are refused for now', () => {
  it.each([
    ['once', { headers: { 'retry-after': '2' } }, [2000]],
    ['twice', { headers: { 'retry-after': '2' }, times: 2 }, [2000, 2000]],
    ['by the gateway, which says no time', { body: { message: 'Too Many Requests' } }, [1000]],
    ['for no time', { headers: { 'retry-after': '0' } }, [1000]],
  ])('%s waits and goes on', async (name, instead, waits) => {
    const { world, first } = await exported(`waits${name.length}`, instead)
    expect([first.body.status, world.waits]).toEqual(['done', waits])
  })

  it.each([
    ['for longer than it may work', { headers: { 'retry-after': '6' } }, []],
    ['each time', { headers: { 'retry-after': '1' }, times: 5 }, [1000, 1000, 1000, 1000]],
  ])('%s stays pending, and the next one goes on', async (name, instead, waits) => {
    const { world, post, first } = await exported(`pending${name.length}`, instead)
    expect([first.status, first.body.status, world.waits]).toEqual([202, 'pending', waits])
    const second = await post()
    expect([second.body.status, second.headers.location]).toEqual(['done', first.headers.location])
  })

  it('waits longer where it works after its answer', async () => {
    const { world, post, first } = await exported('after', { headers: { 'retry-after': '60' } }, 'after')
    expect(first.body.status).toBe('pending')
    await expect.poll(() => world.lines.join()).toContain('export.done')
    expect([world.waits, (await post()).headers.location === first.headers.location]).toEqual([[60_000], false])
  })
})

it('an answer that is too large is requested with half as many notes, and fails for one note alone', async () => {
  const body = { errors: [{ message: 'The answer is too large.', extensions: { code: 'LIMIT_EXCEEDED' } }] }
  const { world, first } = await exported('large', { status: 400, body, after: 1, times: 2 })
  expect([first.body.status, world.far.sizes]).toEqual(['done', [50, 25, 12]])
  const one = await exported('larger', { status: 400, body, after: 1, times: 6 })
  expect([one.first.body.status, one.world.far.sizes]).toEqual(['failed', [50, 25, 12, 6, 3, 1]])
})

it('a list that is refused is no export without notes', async () => {
  const body = { data: { changes: null }, errors: [{ path: ['changes'], extensions: { code: 'FORBIDDEN' } }] }
  const { world, post, first } = await exported('list', { status: 200, body, after: 1 })
  expect([first.body.status, (await post()).body.status]).toEqual(['pending', 'done'])
  expect(world.lines.join()).not.toContain('export.interrupted')
})
