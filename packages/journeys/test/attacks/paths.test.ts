/** Unusual paths to a note of alice's for callers without access. The usual paths are tested in `decisions`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, type Fixture, internals, type OperationBody, post, startFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.endpoint.stop())

type Row = readonly [attack: string, code: string, body: (fixture: Fixture) => OperationBody]

const all = 'id title content tags owner { email handle } shares { person { handle } }'
function sending(query: string) {
  return (fixture: Fixture) => ({ query, variables: fixture.furniture })
}

const rows: readonly Row[] = [
  ['by its id', 'NOT_FOUND', sending(`query ($alone: ID!) { note(id: $alone) { ${all} } }`)],
  ['in the trash', 'NOT_FOUND', sending(`query ($trashed: ID!) { note(id: $trashed) { ${all} } }`)],
  [
    'as one field of two with one name each',
    'NOT_FOUND',
    sending(`query ($others: ID!, $alone: ID!) { a: note(id: $others) { id } b: note(id: $alone) { ${all} } }`),
  ],
  [
    'as one name for two notes',
    'BAD_USER_INPUT',
    sending('query ($others: ID!, $alone: ID!) { note(id: $others) { id } note(id: $alone) { id title } }'),
  ],
  [
    'in the second of two operations',
    'NOT_FOUND',
    ({ furniture }) => ({
      query: `query A { me { id } } query B($alone: ID!) { note(id: $alone) { ${all} } }`,
      operationName: 'B',
      variables: furniture,
    }),
  ],
  [
    'in two operations without saying which',
    'BAD_USER_INPUT',
    sending(`query A { me { id } } query B($alone: ID!) { note(id: $alone) { ${all} } }`),
  ],
  [
    'by a default value',
    'NOT_FOUND',
    ({ furniture }) => ({
      query: `query ($id: ID! = "${furniture.alone}") { note(id: $id) { ${all} } }`,
    }),
  ],
  [
    'through the interface',
    'NOT_FOUND',
    sending(`query ($alone: ID!) { node(id: $alone) { id ... on Note { ${all} } } }`),
  ],
  [
    'included by a variable',
    'NOT_FOUND',
    ({ furniture }) => ({
      query: `query ($alone: ID!, $yes: Boolean!) { note(id: $alone) @include(if: $yes) { ${all} } }`,
      variables: { ...furniture, yes: true },
    }),
  ],
  [
    'twice in one list of ids',
    'NOT_FOUND',
    sending(`query ($alone: ID!) { nodes(ids: [$alone, $alone]) { ... on Note { ${all} } } }`),
  ],
  [
    'by a tag',
    'none',
    ({ secrets }) => ({ query: `{ notes(filter: { tag: "${secrets[2]}" }) { nodes { ${all} } } }` }),
  ],
  ['by its owner', 'BAD_USER_INPUT', sending(`{ notes(filter: { ownerId: "x" }) { nodes { ${all} } } }`)],
  ['by a filter on what it says', 'BAD_USER_INPUT', sending('{ notes(filter: { content: "c" }) { nodes { id } } }')],
  [
    'by an order of what is hidden',
    'BAD_USER_INPUT',
    sending('{ notes(orderBy: { field: SIZE_BYTES, direction: ASC }) { nodes { id } } }'),
  ],
  ['by a count', 'BAD_USER_INPUT', sending('{ notes { totalCount } }')],
  [
    'back up from a person',
    'BAD_USER_INPUT',
    sending('query ($shared: ID!) { note(id: $shared) { owner { notes { nodes { title } } } } }'),
  ],
  [
    'as one of its kind that it is not',
    'BAD_USER_INPUT',
    sending(`query ($alone: ID!) { node(id: $alone) { ... on NoteChanged { note { title } } } }`),
  ],
]

const attackers = ['', 'bob', 'carol', 'sam', 'machine'] as const

describe.each(attackers.map((who) => [who || 'anonymous', who]))('%s', (_name, who) => {
  it.each(rows)("does not reach alice's note %s", async (_attack, code, body) => {
    const answer = await post(fixture, fixture.token(who), body(fixture))
    const seen = fixture.secrets.filter((secret) => secret !== fixture.secrets[2] && answer.text.includes(secret))
    expect(seen).toEqual([])
    expect(answer.text).not.toMatch(internals)
    const due = who === '' && code !== 'BAD_USER_INPUT' ? 'UNAUTHENTICATED' : code
    expect(new Set(codesOf(answer))).toEqual(code === 'none' && who !== '' ? new Set() : new Set([due]))
  })
})

describe('a field that is not included', () => {
  it('is neither answered nor refused, and its neighbours are', async () => {
    const query = `query ($shared: ID!) {
        note(id: $shared) { title shares @skip(if: true) { role } lastEditedWith @include(if: false) }
      }`
    const { body } = await post(fixture, fixture.token('bob'), { query, variables: fixture.furniture })
    expect([Object.keys(body.data.note), body.errors]).toEqual([['title'], undefined])
  })
})

function key(id: string) {
  return Buffer.from(id, 'base64url').toString()
}
function coded(text: string) {
  return Buffer.from(text).toString('base64url')
}

/** Variants of the id of alice's note, sent by alice, who may read it: only the exact id is accepted. */
const spellings: readonly (readonly [string, (id: string) => string])[] = [
  ['as another type', (id) => coded(key(id).replace('Note:', 'User:'))],
  ['as a type that is none', (id) => coded(key(id).replace('Note:', 'note:'))],
  ['without its type', (id) => coded(key(id).replace('Note:', ''))],
  ['uncoded', key],
  ['as the key alone', (id) => key(id).slice('Note:'.length)],
  ['in lower case', (id) => id.toLowerCase()],
  ['with its key in lower case', (id) => coded(`Note:${key(id).slice(5).toLowerCase()}`)],
  ['padded', (id) => `${id}=`],
  ['with a blank behind it', (id) => `${id} `],
  ['with a zero byte behind it', (id) => coded(`${key(id)}\0`)],
  ['with a newline behind it', (id) => coded(`${key(id)}\n`)],
  ['with a key of the table', (id) => coded(`Note:${key(id).slice(5)}#x`)],
  ['as a partition', () => coded('Note:USER#alice')],
  ['as a partition, uncoded', () => 'USER#bob'],
  ['empty', () => ''],
  ['2 KB long', (id) => id.repeat(50)],
  ['with a look-alike letter', (id) => coded(key(id).replace('N', 'Ν'))],
  ['climbing', () => '../../PROFILE'],
  ['as a profile', () => coded('Note:PROFILE')],
]

describe('an id', () => {
  it.each(spellings)('names nothing when it is written %s', async (_name, spell) => {
    const id = spell(fixture.furniture.alone)
    for (const query of [
      'query ($id: ID!) { note(id: $id) { id title } }',
      'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    ]) {
      const answer = await post(fixture, fixture.token('alice'), { query, variables: { id } })
      expect(['NOT_FOUND', 'BAD_USER_INPUT']).toContain(codesOf(answer)[0])
      expect(Object.values(answer.body.data ?? {}).flat()).toEqual([null])
      if (id.length > 3) expect(answer.text).not.toContain(id)
    }
  })
})
