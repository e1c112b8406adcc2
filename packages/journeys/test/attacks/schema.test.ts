/** Only staff can read the schema, by introspection or by errors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, type Fixture, internals, post, startFixture } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.endpoint.stop())

const introspections: readonly (readonly [string, string])[] = [
  ['the schema', '{ __schema { types { name fields { name } } } }'],
  ['one type', '{ __type(name: "Note") { fields { name } } }'],
  ['under an alias', '{ typename: __schema { types { name } } }'],
  ['in a fragment', '{ ... { __schema { types { name } } } }'],
  ['in a typed fragment', '{ ... on Query { __type(name: "Note") { name } } }'],
  [
    'in named fragments, three deep',
    `query { ...A } fragment A on Query { ...B } fragment B on Query { ...C }
    fragment C on Query { __schema { types { name } } }`,
  ],
  ['beside an honest field', '{ me { id } __schema { types { name } } }'],
  ['included by a variable', 'query ($yes: Boolean = true) { __schema @include(if: $yes) { types { name } } }'],
  ['skipped for now', '{ __typename __schema @skip(if: true) { types { name } } }'],
  ['in an operation that is not the requested one', 'query A { __typename } query B { __schema { types { name } } }'],
]

/** Names of the schema that no request contained. */
const schemaWords = /CreateNoteInput|sharedWithMe|NotePermissions|"fields"|"types"/

describe('introspection', () => {
  it.each(introspections)('is refused: %s', async (_name, query) => {
    for (const [who, code] of [
      ['', 'UNAUTHENTICATED'],
      ['bob', 'FORBIDDEN'],
      ['machine', 'FORBIDDEN'],
      ['frank', 'FORBIDDEN'],
    ] as const) {
      const operationName = query.startsWith('query A') ? { operationName: 'A' } : {}
      const answer = await post(fixture, fixture.token(who), { query, ...operationName })
      expect([codesOf(answer), answer.body.data ?? null]).toEqual([[code], null])
      expect(answer.text).not.toMatch(schemaWords)
    }
  })

  it('is open to staff', async () => {
    const answer = await post(fixture, fixture.token('sam'), { query: '{ __type(name: "Note") { name } }' })
    expect(answer.body).toEqual({ data: { __type: { name: 'Note' } } })
  })

  it('allows __typename to every caller', async () => {
    const query = '{ __typename ... { again: __typename } }'
    expect((await post(fixture, undefined, { query })).body).toEqual({ data: { __typename: 'Query', again: 'Query' } })
  })
})

const mistakes: readonly (readonly [string, string])[] = [
  ['a field', '{ notez { id } }'],
  ['a field of a note', '{ note(id: "x") { contents } }'],
  ['an argument', '{ notes(firstt: 1) { nodes { id } } }'],
  ['an input member', 'mutation { createNote(input: { title: "x", tag: ["y"] }) { note { id } } }'],
  ['an enum value', '{ notes(orderBy: { field: UPDATED, direction: ASC }) { nodes { id } } }'],
  ['a type', '{ node(id: "x") { ... on Notee { id } } }'],
  ['a type of a variable', 'query ($x: NoteFilterr) { notes(filter: $x) { nodes { id } } }'],
  ['a directive', '{ me @includ(if: true) { id } }'],
  ['a fragment', '{ me { ...Nam } } fragment Name on User { id }'],
  ['a selection that is missing', '{ me }'],
]

describe('a mistake', () => {
  it.each(mistakes)('in %s is answered without a suggestion', async (_name, query) => {
    const answer = await post(fixture, fixture.token('bob'), { query })
    expect(codesOf(answer)[0]).toBe('BAD_USER_INPUT')
    expect(answer.text).not.toMatch(internals)
    expect(answer.text).not.toMatch(/UPDATED_AT|"notes"|NoteFilter"|@include\b|"tags"/)
  })
})

const secret = 'hunter2-of-the-caller'
const echoes: readonly (readonly [string, string, object])[] = [
  ['a number', 'query ($x: Int) { notes(first: $x) { nodes { id } } }', { x: secret }],
  ['an id', 'query ($x: ID!) { note(id: $x) { id } }', { x: { secret } }],
  ['an instant', 'query ($x: DateTime) { notes(filter: { updatedSince: $x }) { nodes { id } } }', { x: secret }],
  [
    'an enum',
    'query ($x: NoteOrder) { notes(orderBy: $x) { nodes { id } } }',
    { x: { field: secret, direction: 'ASC' } },
  ],
  [
    'an input',
    'mutation ($x: CreateNoteInput!) { createNote(input: $x) { note { id } } }',
    { x: { title: 'x', [secret]: 1 } },
  ],
  [
    'a boolean',
    'mutation ($x: CreateNoteInput!) { createNote(input: $x) { note { id } } }',
    { x: { title: 'x', pinned: secret } },
  ],
  ['a list', 'query ($x: [ID!]!) { nodes(ids: $x) { id } }', { x: [[secret]] }],
  ['a literal', `{ notes(first: "${secret}") { nodes { id } } }`, {}],
  ['a literal enum', `{ notes(orderBy: { field: "${secret}", direction: ASC }) { nodes { id } } }`, {}],
  ['a syntax error', `{ "${secret}`, {}],
]

describe('a value that does not fit', () => {
  it.each(echoes)('is not sent back nor logged: %s', async (_name, query, variables) => {
    const before = fixture.endpoint.log.length
    const answer = await post(fixture, fixture.token('bob'), { query, variables })
    expect(codesOf(answer)[0]).toBe('BAD_USER_INPUT')
    expect(answer.text).not.toContain(secret)
    expect(fixture.endpoint.log.slice(before).join('\n')).not.toContain(secret)
  })
})
