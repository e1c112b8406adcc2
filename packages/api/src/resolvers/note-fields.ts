/** Fields of `Note` that are not properties of the stored note. */
import { AppError } from '@fieldnotes/core/error'
import { abilities } from '../abilities.ts'
import type { NoteResolvers } from '../generated/resolver-types.ts'
import type { NotePermissions, NoteRole } from '../generated/types.ts'
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

/** @throws NOT_FOUND for a caller without a role, whom the rule of the field refuses before */
function roleOfCaller(parent: Note, _args: unknown, { principal }: Context): NoteRole {
  const role = principal.kind === 'anonymous' ? undefined : roleOf(parent, principal.id)
  if (!role) throw new AppError('NOT_FOUND', 'no role of the caller')
  return role
}

export const note: NoteResolvers = {
  id: ({ id }) => globalId('Note', id),
  owner: ({ ownerId }) => ({ id: ownerId }),
  viewerRole: roleOfCaller,
  viewerCan: (parent, _, context) => permissionsOf(parent, context),
  shares: sharesOf,
  sizeBytes,
}
