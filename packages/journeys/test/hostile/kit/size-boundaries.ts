/** Limits of sizes: of the arguments together, the response, headers, the body and the query string. */
import { type Boundary, limitOf, many, type NoteIds, post } from './boundary.ts'
import type { DecodedResponse } from './decoded-response.ts'
import { getOf } from './get-requests.ts'
import type { HostileRequest } from './measured-endpoint.ts'

/** Characters in 10 uses of one variable, and the rest as a literal. */
function charactersInArguments(count: number): HostileRequest {
  const uses = many(10, (at) => `a${at}: notes(after: $x) { __typename }`)
  const query = `query ($x: String) { ${uses} note(id: "${'a'.repeat(count % 10)}") { id } }`
  return post('anonymous', query, { x: 'a'.repeat(Math.floor(count / 10)) })
}

/** Contents of 100,000 characters each, and titles of one. */
function charactersOfAnswer(count: number, { long, short }: NoteIds): HostileRequest {
  const ids = Array(Math.floor(count / 100_000)).fill(long)
  const titles = many(count % 100_000, (at) => `t${at}: note(id: "${short}") { title }`)
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { content } } ${titles} }`
  return { ...post('alice', query, { ids }), headers: { 'accept-encoding': 'br' } }
}

function errorsOfAnswer(count: number, { long, short }: NoteIds): HostileRequest {
  const names = many(10, (at) => `a${at}: lastEditedWith`)
  const more = many(count % 10, (at) => `b${at}: note(id: "${short}") { lastEditedWith }`)
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { ${names} } } ${more} }`
  return post('alice', query, { ids: Array(Math.floor(count / 10)).fill(long) })
}

/** The contents of one note, again and again. */
function contentsOf(times: number, id: string): HostileRequest {
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { content } } }'
  return post('alice', query, { ids: Array(Math.floor(times)).fill(id) })
}

/** JSON of 54 contents has 5.4 MB; a 55th makes it too large for Lambda. */
function bytesOfAnswer(count: number, { long }: NoteIds): HostileRequest {
  return contentsOf(count / 100_000, long)
}

/** The first sentence of the message of a LIMIT_EXCEEDED. */
function messageOf({ errors }: DecodedResponse): unknown {
  return errors.find(({ extensions }) => extensions.code === 'LIMIT_EXCEEDED')?.message.split(/(?<=\.) /)[0]
}

function statusOf({ status }: DecodedResponse): unknown {
  return status >= 400 ? status : undefined
}

/** Limits of the bytes, characters, values and errors of a request and its response. */
export const sizeBoundaries = {
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
    refusedBy: messageOf,
    name: 'The operation is too large: characters of the answer may be 6000000 at most.',
  },
  answerErrorsMax: {
    max: 1000,
    sent: errorsOfAnswer,
    refusedBy: messageOf,
    name: 'The operation is too large: errors of the answer may be 1000 at most.',
  },
  answerBytesMax: {
    max: 5_400_000,
    beyond: 5_500_000,
    sent: bytesOfAnswer,
    refusedBy: messageOf,
    name: 'The answer is too large.',
  },
  compressedCharactersMax: {
    // Each NUL character is an escape of 6.
    max: 14_400_000,
    beyond: 15_000_000,
    sent: (count, { escaped }) => ({
      ...contentsOf(count / 600_000, escaped),
      headers: { 'accept-encoding': 'br' },
    }),
    refusedBy: messageOf,
    name: 'The answer is too large.',
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
