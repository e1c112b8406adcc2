/** Fields of `Note` that are not properties of the stored note. */
import { abilities } from '../abilities.ts'
import type { NoteResolvers } from '../generated/resolver-types.ts'
import type { NotePermissions } from '../generated/types.ts'
import { globalId } from '../notes/ids.ts'
import type { Note, Share } from '../notes/note.ts'
import { sizeBytes } from '../notes/note-item.ts'
import { roleOf } from '../notes/roles.ts'
import type { Context } from './context.ts'

function permissionsOf(note: Note, { judge, principal }: Context): NotePermissions {
  return {
    update: judge(abilities.update, { principal }, note),
    trash: judge(abilities.trash, { principal }, note),
    restore: judge(abilities.restore, { principal }, note),
    delete: judge(abilities.delete, { principal }, note),
    share: judge(abilities.share, { principal }, note),
    leave: judge(abilities.leave, { principal }, note),
  }
}

/** The oldest share first: the stored map has no order. */
function sharesOf({ shares }: Note): Share[] {
  return Object.entries(shares)
    .map(([personId, grant]) => ({ ...grant, personId }))
    .sort((a, b) => (`${a.at} ${a.personId}` < `${b.at} ${b.personId}` ? -1 : 1))
}

export const note: NoteResolvers = {
  id: ({ id }) => globalId('Note', id),
  owner: ({ ownerId }) => ({ id: ownerId }),
  viewerRole: (parent, _, { principal }) =>
    principal.kind === 'anonymous' ? null : (roleOf(parent, principal.id) ?? null),
  viewerCan: (parent, _, context) => permissionsOf(parent, context),
  shares: sharesOf,
  sizeBytes,
}
