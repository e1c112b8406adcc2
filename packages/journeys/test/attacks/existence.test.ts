/** A note of another person and an absent note get the same response, byte for byte. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idOf } from '../decisions/kit/facts.ts'
import { handleOf, mutation } from '../decisions/kit/world.ts'
import { codesOf, type Fixture, post, startFixture, stored } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.endpoint.stop())

interface Operation {
  readonly query: string
  readonly variables: (id: string, given: { readonly handle: string; readonly personId: string }) => object
}

function byId(query: string): Operation {
  return { query, variables: (id) => ({ id }) }
}
function byInput(name: string, more: object = {}): Operation {
  return {
    query: mutation(name),
    variables: (id) => ({ input: { id, ...more } }),
  }
}

const queries: Readonly<Record<string, Operation>> = {
  note: byId('query ($id: ID!) { note(id: $id) { id title content owner { id } } }'),
  node: byId('query ($id: ID!) { node(id: $id) { __typename id } }'),
  nodes: byId('query ($id: ID!) { nodes(ids: [$id]) { __typename id } }'),
  updateNote: byInput('updateNote', { title: 'mine now' }),
  'updateNote at a version': byInput('updateNote', { title: 'mine now', version: 1 }),
  'updateNote at a wrong version': byInput('updateNote', { title: 'mine now', version: 77 }),
  'updateNote with a key': byInput('updateNote', { title: 'mine now', tags: [], idempotencyKey: 'k1' }),
  trashNote: byInput('trashNote'),
  'trashNote at a wrong version': byInput('trashNote', { version: 77 }),
  restoreNote: byInput('restoreNote'),
  deleteNote: byInput('deleteNote'),
  leaveNote: byInput('leaveNote'),
  shareNote: {
    query: mutation('shareNote'),
    variables: (id, { handle }) => ({ input: { id, handle, role: 'VIEWER' } }),
  },
  'shareNote with an unknown handle': byInput('shareNote', { handle: 'ABCDEFGHJKMNPQRSTVWX', role: 'VIEWER' }),
  unshareNote: { query: mutation('unshareNote'), variables: (id, { personId }) => ({ input: { id, personId } }) },
}

/** Callers, each with a note that they have no share of. */
const strangers = [
  ['bob', 'alone'],
  ['bob', 'trashed'],
  ['dave', 'trashed'],
  ['carol', 'shared'],
  ['sam', 'shared'],
  ['machine', 'alone'],
  ['alice', 'others'],
  ['alice', 'deleted'],
  ['bob', 'deleted'],
] as const

const cases = strangers.flatMap(([who, which]) => Object.keys(queries).map((name) => [name, which, who] as const))

describe('a note that is not yours', () => {
  it.each(cases)(
    'answers %s of the note %s to %s as one that never was, and stays as it is',
    async (name, which, who) => {
      const { query, variables } = queries[name] ?? byId('')
      const given = {
        handle: await handleOf(fixture.world, 'zoe'),
        personId: idOf('User', fixture.world.person('dave').id),
      }
      const ask = (id: string) => post(fixture, fixture.token(who), { query, variables: variables(id, given) })
      const { answer, written } = await stored(fixture, () => ask(fixture.furniture[which]))
      const never = await ask(fixture.furniture.never)
      expect(answer.text).toBe(never.text)
      // A machine can't share: it is refused before any note is read.
      expect(codesOf(answer)).toEqual([who === 'machine' && name.startsWith('shareNote') ? 'FORBIDDEN' : 'NOT_FOUND'])
      const { 'x-request-id': _, ...headers } = answer.headers
      expect(never.headers).toMatchObject(headers)
      expect(written).toEqual([])
    },
  )
})

describe('a person', () => {
  it('is not revealed by an id alone', async () => {
    const query = 'query ($id: ID!) { node(id: $id) { __typename id ... on User { name email handle } } }'
    const ask = (key: string) => post(fixture, fixture.token('bob'), { query, variables: { id: idOf('User', key) } })
    const { id } = fixture.world.person('alice')
    expect((await ask(id)).text).toBe((await ask(`${id.slice(0, -2)}AA`)).text)
  })

  it('is not revealed by a handle to a caller who may not share the note', async () => {
    const share = async (handle: string) => {
      const input = { id: fixture.furniture.shared, handle, role: 'VIEWER' }
      return (await post(fixture, fixture.token('bob'), { query: mutation('shareNote'), variables: { input } })).text
    }
    const known = await share(await handleOf(fixture.world, 'zoe'))
    expect(known).toBe(await share('ABCDEFGHJKMNPQRSTVWX'))
    expect(known).toContain('FORBIDDEN')
  })
})
