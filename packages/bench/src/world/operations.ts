/** The operations with their callers, and the paths at which they must be refused. */
import type { CallerName } from './callers.ts'
import { firstNoteOf } from './people-and-notes.ts'

/** A GraphQL operation with its caller. */
export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly caller: CallerName
}

const fields = 'id title content createdAt updatedAt tags internalNotes owner { email }'
const single = `query Single($id: ID!) { note(id: $id) { ${fields} } }`
function list(first: number) {
  return `query List { notes(first: ${first}) { edges { node { ${fields} } } pageInfo { hasNextPage } } }`
}
const statistics = 'query Stats { adminStats { users notes } }'
const me = 'query Me { me { id name email } }'

const mine = { id: firstNoteOf('u1') }
const theirs = { id: firstNoteOf('u2') }

/** Timed operations. */
export const timed = {
  single: { query: single, variables: mine, caller: 'full' },
  list: { query: list(100), variables: {}, caller: 'full' },
  deniedField: { query: single, variables: mine, caller: 'partial' },
  deniedOwner: { query: single, variables: theirs, caller: 'full' },
  deniedRoot: { query: statistics, variables: {}, caller: 'full' },
} as const satisfies Record<string, Operation>

/** Operations that are only compared, before the timing starts. */
const compared = {
  anonymous: { query: single, variables: mine, caller: 'anonymous' },
  scopeless: { query: single, variables: mine, caller: 'scopeless' },
  adminRoot: { query: statistics, variables: {}, caller: 'admin' },
  adminOther: { query: single, variables: theirs, caller: 'admin' },
  me: { query: me, variables: {}, caller: 'full' },
  meWithoutEmail: { query: me, variables: {}, caller: 'partial' },
  deniedList: { query: list(3), variables: {}, caller: 'partial' },
} as const satisfies Record<string, Operation>

/** Name of a timed operation. */
export type Timed = keyof typeof timed

/** Names of the timed operations. */
export const timedNames = Object.keys(timed) as readonly Timed[]

/** All operations by name. */
export const operations: Readonly<Record<string, Operation>> = { ...timed, ...compared }

/** The operation of this name. @throws Error for an unknown name */
export function operationOf(name: string): Operation {
  const found = operations[name]
  if (!found) throw new Error(`no operation ${name}`)
  return found
}
