/** Each limit of a request is where the sources say: the largest request is not refused for its size, the next one is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo, createdNote } from './kit/answer.ts'
import { boundaries, type Ground } from './kit/boundaries.ts'
import { type Endpoint, startEndpoint } from './kit/endpoint.ts'

let endpoint: Endpoint
let ground: Ground
const lines: Readonly<Record<string, unknown>>[] = []

beforeAll(async () => {
  endpoint = await startEndpoint((_, event, fields) => void lines.push({ ...fields, event }))
  ground = {
    long: await createdNote(endpoint, 'a'.repeat(100_000)),
    escaped: await createdNote(endpoint, '\0'.repeat(100_000)),
    short: await createdNote(endpoint, ''),
  }
})
afterAll(() => endpoint.stop())

describe('a limit', () => {
  it.each(Object.entries(boundaries))('of %s is neither smaller nor larger', async (_, boundary) => {
    const { max, beyond = max + 1, sent, refusedBy, name } = boundary
    const answers = [await answerTo(endpoint, sent(max, ground)), await answerTo(endpoint, sent(beyond, ground))]
    expect(answers.map(refusedBy)).toEqual([undefined, name])
  })
})

interface Listed {
  readonly name: string
  readonly max: number
  readonly query: string
  readonly variables?: object
  readonly listed: (errors: Awaited<ReturnType<typeof answerTo>>['errors']) => number
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
    const { errors } = await answerTo(endpoint, { caller: 'alice', body: JSON.stringify({ query, variables }) })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    // graphql-js adds one that says that it stopped.
    expect([max, max + 1]).toContain(count(errors))
  })
})

describe('the log of one operation with 100 refused fields', () => {
  const name = 'a'.repeat(128)
  const query = `query ($ids: [ID!]!) { ${name}: nodes(ids: $ids) { ... on Note { ${name}: lastEditedWith } } }`

  it('has 50 lines of refusals and one with the rest (loggedErrorsMax), with paths of 200 characters (loggedPathMax)', async () => {
    lines.length = 0
    const variables = { ids: Array(100).fill(ground.short) }
    const { errors } = await answerTo(endpoint, { caller: 'alice', body: JSON.stringify({ query, variables }) })
    const paths = lines.flatMap(({ path }) => path ?? [])
    const events = lines.map(({ event }) => event)
    expect([errors.length, paths.length]).toEqual([100, 50])
    expect(events).toEqual([...Array(50).fill('refused'), 'refused_more', 'operation'])
    expect(new Set(paths.map((path) => String(path).length))).toEqual(new Set([200]))
  })
})
