/** The final check of `npm run load`, with lists that contain errors. */
import { describe, expect, it } from 'vitest'
import { type Client, check, type Reply } from '../src/load/client.ts'

const size = 100

/** A list of `count` notes as the API returns it. */
function notesOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: `note-${index}`,
    title: `title ${index}`,
    version: 1,
    owner: { id: 'ann' },
  }))
}

type Listed = ReturnType<typeof notesOf>

function ok(list: Listed, from: number): Reply {
  const pageInfo = { hasNextPage: from + size < list.length, endCursor: String(from + size) }
  return { status: 200, body: { data: { it: { nodes: list.slice(from, from + size), pageInfo } } } }
}

const failed: Reply = { status: 200, body: { data: { it: null }, errors: [{ extensions: { code: 'UNAVAILABLE' } }] } }

/** The differences that the check finds for a client with 250 recorded notes, and its number of requests. */
async function faultsOf(answer: (from: number) => Reply) {
  const known = notesOf(250).map(({ id, title, version }) => [id, { title, version }] as const)
  const send = async (_: string, { after }: { after?: string }) => answer(Number(after ?? 0))
  const ann: Client = { name: 'ann', send, handle: '', notes: new Map(known), faults: [], requests: 0 }
  await check(ann)
  return { faults: ann.faults, requests: ann.requests }
}

function change(at: number, to: object) {
  return notesOf(250).map((note, index) => (index === at ? { ...note, ...to } : note))
}

describe('the check at the end of the load', () => {
  it('pages to the end, and finds nothing where nothing is wrong', async () => {
    expect(await faultsOf((from) => ok(notesOf(250), from))).toEqual({ faults: [], requests: 3 })
  })

  const lost = 'ann lost a write'
  it.each([
    ['the last note has an older title', change(249, { title: 'older' }), [lost]],
    ['the last note has an older version', change(249, { version: 0 }), [lost]],
    [
      'a note of the second page belongs to another person',
      change(150, { id: 'x' }),
      ['ann sees a note that is not theirs', 'ann misses notes'],
    ],
    ['there is one note more', notesOf(251), ['ann sees a note that is not theirs']],
    ['the last note is missing', notesOf(249), ['ann misses notes']],
    ['all behind the first page is missing', notesOf(100), ['ann misses notes']],
    ['a note is listed twice', [...notesOf(250), ...notesOf(1)], ['ann meets a note twice']],
  ])('notices that %s', async (_, list, faults) => {
    expect((await faultsOf((from) => ok(list, from))).faults).toEqual(faults)
  })

  it('notices a page that fails', async () => {
    const { faults } = await faultsOf((from) => (from === 200 ? failed : ok(notesOf(250), from)))
    expect(faults).toEqual(['ann list: 200 UNAVAILABLE', 'ann misses notes'])
  })

  it('ends where pages repeat themselves', async () => {
    const { faults, requests } = await faultsOf(() => ok(notesOf(250), 0))
    expect([faults, requests]).toEqual([['ann meets a note twice', 'ann misses notes'], 2])
  })
})
