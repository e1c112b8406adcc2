/**
 * Requests that use a little many times: one variable by many fields, one note under many names, one mistake in many
 * positions. `inner` is what the operation does; line ends fill the rest of the document.
 */
import type { HostileRequest, Sender } from './measured-endpoint.ts'

/** A multiplied use, for the id of a note of alice. */
export interface MultipliedUse {
  readonly caller: Sender
  readonly declared?: string
  readonly kind?: 'query' | 'mutation'
  readonly inner: (note: string) => string
  readonly variables?: (note: string) => object
}

function many(count: number, one: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => one(at)).join(' ')
}

/** Does not exist. */
const unknownId = 'Tm90ZTowMU04MFE4VEFIRTJXU0pGRU4wWERLUVZYMw'
const hundred = { ids: Array(100).fill(unknownId) }
const marks = `a${'\u0316\u0301\u0345\u0323\u0317\u0300\u0327\u0315\u031b\u0346'.repeat(27)}`
const tags = Array.from({ length: 40 }, (_, at) => `${at}${marks}`)

function conflicts(sets: number, fields: number): string {
  return many(sets, (set) => `me { ${many(fields, (at) => `f${at}(x: ${set})`)} }`)
}

/** Creates 25 notes of one variable in each of 10 mutations. */
const everywhere = {
  caller: 'alice',
  kind: 'mutation',
  declared: '($note: NewNoteInput!)',
  inner: () => many(10, (at) => `a${at}: createNotes(input: { notes: [${many(25, () => '$note')}] }) { notes { id } }`),
} as const

/** Kinds of multiplied uses. */
export const uses: Readonly<Record<string, MultipliedUse>> = {
  'refused fields': { caller: 'anonymous', inner: () => many(20, (at) => `a${at}: me { id }`) },
  'unknown fields': { caller: 'anonymous', inner: () => many(12, (at) => `z${at}`) },
  'conflicting fields in few sets': { caller: 'anonymous', inner: () => conflicts(3, 99) },
  'conflicting fields in many sets': { caller: 'anonymous', inner: () => conflicts(11, 28) },
  'one field, 20 × 20': { caller: 'anonymous', inner: () => many(20, () => `me { ${many(20, () => 'id')} }`) },
  'lists in lists, 20 × 11': {
    caller: 'anonymous',
    inner: () => many(20, () => `notes(first: 1) { ${many(11, () => 'nodes { id }')} }`),
  },
  'one list under 20 names': {
    caller: 'alice',
    declared: '($ids: [ID!]!)',
    inner: () => many(20, (at) => `a${at}: nodes(ids: $ids) { id }`),
    variables: () => hundred,
  },
  'wrong tags under 20 names': {
    caller: 'alice',
    inner: () => many(20, (at) => `a${at}: notes(filter: { tag: "" }) { nodes { id } }`),
  },
  'refused fields of one note': {
    caller: 'alice',
    declared: '($ids: [ID!]!)',
    inner: () => `nodes(ids: $ids) { ... on Note { ${many(9, (at) => `a${at}: lastEditedWith`)} } }`,
    variables: (note) => ({ ids: Array(100).fill(note) }),
  },
  'refused fields of one note, more than are answered': {
    caller: 'alice',
    declared: '($ids: [ID!]!)',
    inner: () => `nodes(ids: $ids) { ... on Note { ${many(20, (at) => `a${at}: lastEditedWith`)} } }`,
    variables: (note) => ({ ids: Array(100).fill(note) }),
  },
  'refused fields of one note under 19 names': {
    caller: 'alice',
    declared: '($ids: [ID!]!)',
    inner: () => many(19, (at) => `a${at}: nodes(ids: $ids) { ... on Note { sizeBytes lastEditedWith } }`),
    variables: (note) => ({ ids: Array(100).fill(note) }),
  },
  'one cursor for 20 lists': {
    caller: 'alice',
    declared: '($since: String!)',
    inner: () => many(20, (at) => `a${at}: changes(since: $since) { cursor }`),
    variables: () => ({ since: 'A'.repeat(49_996) }),
  },
  'a cursor of 900 kB': {
    caller: 'alice',
    declared: '($after: String!)',
    inner: () => 'notes(after: $after) { nodes { id } }',
    variables: () => ({ after: 'A'.repeat(900_000) }),
  },
  'one note with bad tags, 250 times': { ...everywhere, variables: () => ({ note: { title: 'a', tags } }) },
  'one note with long contents, 250 times': {
    ...everywhere,
    variables: () => ({ note: { title: 'a', content: 'a'.repeat(99_990) } }),
  },
  'one tag, 800 times': {
    caller: 'alice',
    kind: 'mutation',
    declared: '($tag: String!)',
    inner: () =>
      many(10, (at) => `a${at}: createNotes(input: { notes: [${many(2, () => eachTagged)}] }) { notes { id } }`),
    variables: () => ({ tag: marks }),
  },
  'one long answer under 9 × 100 names': {
    caller: 'alice',
    declared: '($ids: [ID!]!)',
    inner: () => `nodes(ids: $ids) { ... on Note { ${many(9, (at) => `a${at}: content`)} } }`,
    variables: (note) => ({ ids: Array(100).fill(note) }),
  },
}

const eachTagged = `{ title: "a", tags: [${many(40, () => '$tag')}] }`

/** The line ends that a document may have, less a few. */
const lineEnds = 900

/** The request: its operation behind `filler`, 900 times. `mark` makes the document unique. */
export function sentOf(
  name: string,
  { note, mark, filler }: { note: string; mark: string; filler: string },
): HostileRequest {
  const use = uses[name]
  if (!use) throw new Error(`no use ${name}`)
  const { caller, kind = 'query', declared = '', inner, variables = () => ({}) } = use
  const query = `${kind} ${mark}${declared} { ${filler.repeat(lineEnds)}${inner(note)} }`
  return { caller, body: JSON.stringify({ query, variables: variables(note) }) }
}
