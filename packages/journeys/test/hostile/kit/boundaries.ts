/** For each limit of a request: one that is as large as allowed, and one that is larger by one. */
import type { Answer } from './answer.ts'
import type { Sent } from './endpoint.ts'
import { getOf } from './get.ts'

/** Ids of notes of alice: with 100,000 letters, with 100,000 NUL characters, and without contents. */
export interface Ground {
  readonly escaped: string
  readonly long: string
  readonly short: string
}

/** A limit and the requests on both sides of it. */
export interface Boundary {
  readonly max: number
  /** The number of the larger request: `max + 1`, or more where requests come in steps. */
  readonly beyond?: number
  /** A request with this number of whatever is limited. */
  readonly sent: (count: number, ground: Ground) => Sent
  /** Names the limit in an answer that refuses; undefined in any other answer. */
  readonly refusedBy: (answer: Answer) => unknown
  /** The name in the answer to the larger request. */
  readonly name: unknown
}

function many(count: number, one: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => one(at)).join(' ')
}

function post(caller: Sent['caller'], query: string, variables: object = {}): Sent {
  return { caller, body: JSON.stringify({ query, variables }) }
}

function limitOf({ errors }: Answer): unknown {
  return errors.find(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED')?.extensions.limit
}

function document(name: string, max: number, query: (count: number) => string): Boundary {
  return { max, sent: (count) => post('anonymous', query(count)), refusedBy: limitOf, name }
}

/** Fields of which none is in the schema: documents are measured first. */
function fields(count: number, prefix = 'f'): string {
  return many(count, (at) => prefix + at)
}

/** `count` fields in selection sets of at most 91. */
function manyFields(count: number): string {
  const sets = Math.ceil(count / 91)
  return many(sets, (set) => `s${set} { ${fields(Math.min(90, count - 91 * set - 1), `s${set}f`)} }`)
}

const documents = {
  'limitsDefault.characters': document('characters', 50_000, (count) => '{ __typename } #'.padEnd(count, 'a')),
  'limitsDefault.lines': document('lines', 1000, (count) => `{ __typename ${'\n'.repeat(count - 1)} }`),
  'limitsDefault.nesting': document('nesting', 100, (count) => `{ nodes(ids: ${'['.repeat(count - 2)}`),
  'limitsDefault.tokens': document('tokens', 2000, (count) => `{ nodes(ids: [${'1 '.repeat(count - 12)}]) { id } }`),
  'limitsDefault.depth': document('depth', 15, (count) => `${'{ a '.repeat(count)}${'}'.repeat(count)}`),
  'limitsDefault.breadth': document('breadth', 100, (count) => `{ me { ${fields(count)} } }`),
  'limitsDefault.fields': document('fields', 500, (count) => `{ ${manyFields(count)} }`),
  'limitsDefault.aliases': document('aliases', 30, (count) => `{ me { ${many(count, (at) => `a${at}: id`)} } }`),
  'limitsDefault.duplicates': document('duplicates', 20, (count) => `{ me { ${many(count, () => 'id')} } }`),
  'limitsDefault.rootFields': document('rootFields', 20, (count) => `{ ${fields(count)} }`),
  'limitsDefault.mutations': document('mutations', 10, (count) => `mutation { ${fields(count)} }`),
  'limitsDefault.directives': document(
    'directives',
    20,
    (count) => `{ __typename ${many(count, () => '@include(if: true)')} }`,
  ),
  'limitsDefault.name': document('name', 128, (count) => `{ ${'a'.repeat(count)}: __typename }`),
  costMax: {
    max: 25_000,
    // 18 lists of 1,202 values, one of 1,902, and one of 2 and 20 for each item.
    sent: (count) => {
      const list = (at: number, size: number, inner: number) =>
        `a${at}: notes(first: ${size}) { nodes { ${many(inner, () => 'id')} } }`
      const full = many(18, (at) => list(at, 100, 12))
      return post('anonymous', `{ ${full} ${list(18, 100, 19)} ${list(19, Math.floor((count - 23_540) / 20), 20)} }`)
    },
    beyond: 25_020,
    refusedBy: limitOf,
    name: 'cost',
  },
} satisfies Readonly<Record<string, Boundary>>

/** Characters in 10 uses of one variable, and the rest as a literal. */
function charactersInArguments(count: number): Sent {
  const query = `query ($x: String) { ${many(10, (at) => `a${at}: notes(after: $x) { __typename }`)} note(id: "${'a'.repeat(count % 10)}") { id } }`
  return post('anonymous', query, { x: 'a'.repeat(Math.floor(count / 10)) })
}

/** Contents of 100,000 characters each, and titles of one. */
function charactersOfAnswer(count: number, { long, short }: Ground): Sent {
  const ids = Array(Math.floor(count / 100_000)).fill(long)
  const titles = many(count % 100_000, (at) => `t${at}: note(id: "${short}") { title }`)
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { content } } ${titles} }`
  return { ...post('alice', query, { ids }), headers: { 'accept-encoding': 'br' } }
}

function errorsOfAnswer(count: number, { long, short }: Ground): Sent {
  const names = many(10, (at) => `a${at}: lastEditedWith`)
  const more = many(count % 10, (at) => `b${at}: note(id: "${short}") { lastEditedWith }`)
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { ${names} } } ${more} }`
  return post('alice', query, { ids: Array(Math.floor(count / 10)).fill(long) })
}

/** The contents of one note, again and again. */
function contentsOf(times: number, id: string): Sent {
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { content } } }'
  return post('alice', query, { ids: Array(Math.floor(times)).fill(id) })
}

/** JSON of 54 contents has 5.4 MB; a 55th makes it too large for Lambda. */
function bytesOfAnswer(count: number, { long }: Ground): Sent {
  return contentsOf(count / 100_000, long)
}

function codeOf({ errors }: Answer): unknown {
  return errors.find(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED')?.message
}

function statusOf({ status }: Answer): unknown {
  return status >= 400 ? status : undefined
}

const amounts = {
  'inputLimitsDefault.values': {
    max: 2000,
    sent: (count) =>
      post('anonymous', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(count - 1).fill('a') }),
    refusedBy: limitOf,
    name: 'values of arguments',
  },
  'inputLimitsDefault.characters': {
    max: 1_000_000,
    sent: charactersInArguments,
    refusedBy: limitOf,
    name: 'characters of arguments',
  },
  answerCharactersMax: {
    max: 6_000_000,
    sent: charactersOfAnswer,
    refusedBy: codeOf,
    name: 'The operation is too large: characters of the answer may be 6000000 at most.',
  },
  answerErrorsMax: {
    max: 1000,
    sent: errorsOfAnswer,
    refusedBy: codeOf,
    name: 'The operation is too large: errors of the answer may be 1000 at most.',
  },
  answerBytesMax: {
    max: 5_400_000,
    beyond: 5_500_000,
    sent: bytesOfAnswer,
    refusedBy: codeOf,
    name: 'The answer is too large. Select fewer items or fields, or accept a compressed answer.',
  },
  compressedCharactersMax: {
    // Each NUL character is an escape of 6.
    max: 14_400_000,
    beyond: 15_000_000,
    sent: (count, { escaped }) => ({
      ...contentsOf(count / 600_000, escaped),
      headers: { 'accept-encoding': 'br' },
    }),
    refusedBy: codeOf,
    name: 'The answer is too large. Select fewer items or fields, or accept a compressed answer.',
  },
  headerCharactersMax: {
    max: 1000,
    sent: (count) => ({
      caller: 'anonymous',
      body: '{"query":"{ __typename }"}',
      headers: { 'content-type': 'application/json;a='.padEnd(count, 'a') },
    }),
    refusedBy: statusOf,
    name: 415,
  },
  bodyBytesMax: {
    max: 1_000_000,
    sent: (count) => ({ caller: 'anonymous', body: '{"query":"{ __typename }"}'.padEnd(count) }),
    refusedBy: statusOf,
    name: 413,
  },
  queryStringBytesMax: {
    max: 10_240,
    sent: (count) => getOf('anonymous', 'query={__typename}&x='.padEnd(count, 'a')),
    refusedBy: statusOf,
    name: 414,
  },
} satisfies Readonly<Record<string, Boundary>>

function argumentOf({ errors }: Answer): unknown {
  return errors.find(({ extensions }) => extensions.code === 'BAD_USER_INPUT')?.extensions.argument
}

function input(mutation: string, argument: string, max: number, of: (count: number) => object): Boundary {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`
  const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { __typename } }`
  const sent = (count: number) => post('alice', query, { input: of(count) })
  return { max, sent, refusedBy: argumentOf, name: argument }
}

function note(argument: string, max: number, of: (count: number) => object): Boundary {
  return input('createNote', argument, max, (count) => ({ title: 'a', ...of(count) }))
}

function tags(count: number, first = 0): string[] {
  return Array.from({ length: count }, (_, at) => `t${first + at}`)
}

const inputs = {
  'limits.titleCharacters': note('input.title', 200, (count) => ({ title: 'a'.repeat(count) })),
  'limits.contentBytes': note('input.content', 100_000, (count) => ({ content: 'a'.repeat(count) })),
  'limits.tags': note('input.tags', 20, (count) => ({ tags: tags(count) })),
  'limits.tagsGiven': note('input.tags', 40, (count) => ({ tags: Array(count).fill('a') })),
  'limits.tagCharacters': note('input.tags.0', 50, (count) => ({ tags: ['a'.repeat(count)] })),
  'limits.notesPerCall': input('createNotes', 'input.notes', 25, (count) => ({
    notes: Array(count).fill({ title: 'a' }),
  })),
  'limits.tagsPerCall': input('createNotes', 'input.notes', 70, (count) => ({
    notes: [0, 20, 40, 60].map((first) => ({ title: 'a', tags: tags(Math.min(20, count - first), first) })),
  })),
  nameCharacters: input('updateProfile', 'input.name', 100, (count) => ({ name: 'a'.repeat(count) })),
  'limits.pageSize': {
    max: 100,
    sent: (count) => post('alice', `{ notes(first: ${count}) { __typename } }`),
    refusedBy: argumentOf,
    name: 'first',
  },
  'limits.pageSize of ids': {
    max: 100,
    sent: (count, { short }) =>
      post('alice', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(count).fill(short) }),
    refusedBy: argumentOf,
    name: 'ids',
  },
} satisfies Readonly<Record<string, Boundary>>

/** All boundaries, by the name of the limit in the sources. */
export const boundaries: Readonly<Record<string, Boundary>> = { ...documents, ...amounts, ...inputs }
