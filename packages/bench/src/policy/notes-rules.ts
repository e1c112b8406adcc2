/** Rules on notes that the benches of refusals and of records have in common. */
import { and, has, type OwnRule, object, or } from '@fieldnotes/policy/rules'

interface Note {
  readonly owner: string
  readonly shared: boolean
}

const mine = object<Note>('mine', (caller, { owner }) => caller.kind === 'user' && caller.id === owner)
const shared = object<Note>('shared', (_caller, note) => note.shared)

/** A note that the caller owns, or that is shared with them, and a scope. */
export const readable: OwnRule = and(has('notes:read'), or(mine, shared))
