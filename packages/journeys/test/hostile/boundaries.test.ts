/** The largest allowed request is not refused for its size; the next larger one is, for each limit of the sources. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boundaries } from './kit/all-boundaries.ts'
import type { NoteIds } from './kit/boundary.ts'
import { createdNote, responseTo } from './kit/decoded-response.ts'
import { type MeasuredEndpoint, startMeasuredEndpoint } from './kit/measured-endpoint.ts'

let endpoint: MeasuredEndpoint
let noteIds: NoteIds
const lines: Readonly<Record<string, unknown>>[] = []

beforeAll(async () => {
  endpoint = await startMeasuredEndpoint((_, event, fields) => void lines.push({ ...fields, event }))
  noteIds = {
    long: await createdNote(endpoint, 'a'.repeat(100_000)),
    escaped: await createdNote(endpoint, '\0'.repeat(100_000)),
    short: await createdNote(endpoint, ''),
  }
})
afterAll(() => endpoint.stop())

describe('a limit', () => {
  it.each(Object.entries(boundaries))('of %s is neither smaller nor larger', async (_, boundary) => {
    const { max, beyond = max + 1, sent, refusedBy, name } = boundary
    const answers = [await responseTo(endpoint, sent(max, noteIds)), await responseTo(endpoint, sent(beyond, noteIds))]
    expect(answers.map(refusedBy)).toEqual([undefined, name])
  })
})

interface Listed {
  readonly name: string
  readonly max: number
  readonly query: string
  readonly variables?: object
  readonly listed: (errors: Awaited<ReturnType<typeof responseTo>>['errors']) => number
}

/** Numbers of errors that one answer lists, for a request with many more mistakes. */
const listed: readonly Listed[] = [
  {
    name: 'requestErrorsMax of variables',
    max: 10,
    query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: Array(50).fill(null) },
    listed: ({ length }) => length,
  },
  {
    name: 'requestErrorsMax of a document',
    max: 10,
    query: `{ me { ${Array.from({ length: 50 }, (_, at) => `f${at}`).join(' ')} } }`,
    listed: ({ length }) => length,
  },
  {
    name: 'listedMax',
    max: 20,
    query: 'mutation ($notes: [NewNoteInput!]!) { createNotes(input: { notes: $notes }) { __typename } }',
    variables: { notes: Array(25).fill({ title: '' }) },
    listed: ([error]) => error?.extensions.arguments.length,
  },
  {
    name: 'nameMax',
    max: 0,
    query: 'query ($filter: NoteFilter) { notes(filter: $filter) { __typename } }',
    variables: { filter: { ['x'.repeat(65)]: 1 } },
    listed: ([error]) => (error?.message.match(/x/g) ?? []).length,
  },
]

describe('an answer to many mistakes', () => {
  it.each(listed)('lists no more than $name', async ({ max, query, variables = {}, listed: count }) => {
    const { errors } = await responseTo(endpoint, { caller: 'alice', body: JSON.stringify({ query, variables }) })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    // graphql-js adds one that says that it stopped.
    expect([max, max + 1]).toContain(count(errors))
  })
})

describe('the log of one operation with 100 refused fields', () => {
  const name = 'a'.repeat(128)
  const query = `query ($ids: [ID!]!) { ${name}: nodes(ids: $ids) { ... on Note { ${name}: lastEditedWith } } }`

  it('has 50 lines of refusals and one with the rest (loggedErrorsMax), with paths of 200 characters', async () => {
    lines.length = 0
    const variables = { ids: Array(100).fill(noteIds.short) }
    const { errors } = await responseTo(endpoint, { caller: 'alice', body: JSON.stringify({ query, variables }) })
    const paths = lines.flatMap(({ path }) => path ?? [])
    const events = lines.map(({ event }) => event)
    expect([errors.length, paths.length]).toEqual([100, 50])
    expect(events).toEqual([...Array(50).fill('refused'), 'refused_more', 'decisions_refused', 'operation'])
    expect(new Set(paths.map((path) => String(path).length))).toEqual(new Set([200]))
  })
})
