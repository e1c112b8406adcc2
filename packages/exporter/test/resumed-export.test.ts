/** An export that ends at any step is complete after the next request, and has every note once. */
import { accessTable } from '@fieldnotes/issuer/test/access-table'
import { describe, expect, it } from 'vitest'
import { note, personOf, tokenFor } from './kit/far-side.ts'
import { filesOf, manifestOf } from './kit/read-archive.ts'
import { createWorld, type Kill, type World } from './kit/world.ts'

const { config } = accessTable()
const notes = ['a', 'b', 'c', 'd', 'e'].map((id) => note(id))
const paths = ['profile.json', ...notes.map(({ id }) => `notes/note-${id}`)]

/** The archive of an export that is done. */
async function archiveOf({ store }: World): Promise<Uint8Array> {
  const archives = [...store.objects.keys()].filter((key) => key.includes('/archive-'))
  return store.objects.get(archives.at(-1) ?? '') ?? new Uint8Array()
}

async function expectComplete(world: World): Promise<void> {
  const files = await filesOf(await archiveOf(world))
  const { files: listed, absent } = manifestOf(files)
  expect(listed.map(({ path }) => path.replace(/-[0-9a-f]{16}\.md$/, ''))).toEqual(paths)
  expect(absent).toEqual([{ path: 'me.sessions', code: 'FORBIDDEN' }])
}

/** Steps of an export that nothing ends: exchange, profile, 3 pages with their parts, upload, removal. */
const stepsOfExport = 11

const kills: readonly Kill[] = Array.from({ length: stepsOfExport }, (_, step) => [
  { step, when: 'before' } as const,
  { step, when: 'after' } as const,
]).flat()

describe('an export', () => {
  it('takes these steps when nothing ends it', async () => {
    const world = createWorld(config())
    world.far.notes = notes
    const { call, count } = world.start()
    const { status, body } = await call('POST', '/exporter/exports', await tokenFor(personOf('whole')))
    expect([status, body.status, count()]).toEqual([202, 'done', stepsOfExport])
    await expectComplete(world)
    // The parts are removed.
    expect(world.store.objects.size).toBe(1)
  })

  it.each(kills)('that is killed $when step $step goes on at the next request', async (kill) => {
    const world = createWorld(config())
    world.far.notes = notes
    const person = personOf(`killed-${kill.when}-${kill.step}`)
    await world.start(kill).call('POST', '/exporter/exports', await tokenFor(person))
    // A process that was killed while it wrote the archive has its lease for 30 seconds.
    world.clock.ahead = 30_000
    const second = world.start()
    const { body, headers } = await second.call('POST', '/exporter/exports', await tokenFor(person))
    expect(body.status).toBe('done')
    expect((await second.call('GET', String(headers.location), await tokenFor(person))).body.status).toBe('done')
    await expectComplete(world)
  })

  it('whose tokens end after each page reads no stored page again, and keeps its location', async () => {
    const world = createWorld(config())
    Object.assign(world.far, { notes, requestsOfToken: 1 })
    const person = personOf('ends')
    const answers = []
    for (let request = 0; request < 4; request += 1)
      answers.push(await world.start().call('POST', '/exporter/exports', await tokenFor(person)))
    expect(answers.map(({ body }) => body.status)).toEqual(['pending', 'pending', 'pending', 'done'])
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1)
    expect(world.far.pages).toEqual([0, 2, 4])
    await expectComplete(world)
  })

  it('of two processes at once is one export, with every note once', async () => {
    const world = createWorld(config())
    world.far.notes = notes
    const token = await tokenFor(personOf('twice'))
    const posts = [world.start(), world.start(), world.start()].map(({ call }) =>
      call('POST', '/exporter/exports', token),
    )
    expect(new Set((await Promise.all(posts)).map(({ headers }) => headers.location)).size).toBe(1)
    await world.start().call('POST', '/exporter/exports', token)
    await expectComplete(world)
  })

  it('has a note that changes meanwhile once', async () => {
    const world = createWorld(config())
    world.far.notes = [...notes.slice(0, 3), note('a', { version: 2 }), ...notes.slice(3)]
    await world.start().call('POST', '/exporter/exports', await tokenFor(personOf('changes')))
    await expectComplete(world)
  })

  it('begins anew after the end of the last one, and after 24 hours', async () => {
    const world = createWorld(config())
    const token = await tokenFor(personOf('anew'))
    const { call } = world.start()
    const locationOf = async () => String((await call('POST', '/exporter/exports', token)).headers.location)
    const first = await locationOf()
    expect(await locationOf()).not.toBe(first)
    world.clock.ahead = 24 * 3600 * 1000
    const later = await tokenFor(personOf('anew'), { iat: now() + 86_400, exp: now() + 86_700 })
    expect((await call('GET', first, later)).status).toBe(404)
  })
})

function now(): number {
  return Math.floor(Date.now() / 1000)
}
