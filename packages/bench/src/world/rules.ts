/** Demands of each field on the caller. Every peer's rules, directives or scopes are made from this table. */
import type { Principal } from '@fieldnotes/core/principal'

/** One demand of a field. `mine` depends on the note, the others on the caller only. */
export type Demand = 'signedIn' | 'read' | 'internal' | 'email' | 'admin' | 'mine'

function scope(name: string) {
  return (principal: Principal) => principal.kind !== 'anonymous' && principal.scopes.has(name)
}
function admin(principal: Principal) {
  return principal.kind !== 'anonymous' && principal.groups.has('bench:admin')
}

/** Checks of each demand. */
export const demands: Readonly<Record<Demand, (principal: Principal, parent: { ownerId?: string }) => boolean>> = {
  signedIn: (principal) => principal.kind !== 'anonymous',
  read: scope('notes:read'),
  internal: scope('notes:internal'),
  email: scope('users:email'),
  admin,
  mine: (principal, note) => principal.kind !== 'anonymous' && (note.ownerId === principal.id || admin(principal)),
}

const own = ['read', 'mine'] as const

/** Demands by type and field. */
export const rules = {
  Query: { me: ['signedIn'], note: ['read'], notes: ['read'], adminStats: ['admin'] },
  AdminStats: { users: ['admin'], notes: ['admin'] },
  User: { id: [], name: ['signedIn'], email: ['email'] },
  Note: {
    id: [],
    title: own,
    content: own,
    createdAt: own,
    updatedAt: own,
    ownerId: own,
    owner: own,
    tags: own,
    internalNotes: ['read', 'mine', 'internal'],
  },
  NoteEdge: { cursor: [], node: [] },
  PageInfo: { hasNextPage: [], endCursor: [] },
  NoteConnection: { edges: [], pageInfo: [] },
} as const satisfies Record<string, Record<string, readonly Demand[]>>

const table: Readonly<Record<string, Readonly<Record<string, readonly Demand[]>>>> = rules

/** Demands of `Type.field`. @throws Error for a field without a row */
export function demandsOf(type: string, field: string): readonly Demand[] {
  const found = table[type]?.[field]
  if (!found) throw new Error(`${type}.${field} has no row`)
  return found
}

/** Maps each row of the table to a peer's own form. */
export function eachRule<Out>(make: (needs: readonly Demand[]) => Out): Record<string, Record<string, Out>> {
  return Object.fromEntries(
    Object.entries(table).map(([type, fields]) => [
      type,
      Object.fromEntries(Object.entries(fields).map(([field, needs]) => [field, make(needs)])),
    ]),
  )
}
