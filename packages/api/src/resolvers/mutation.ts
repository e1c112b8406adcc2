/** Mutations. Each calls one operation of the caller's notes, people, sign-ins or exports. */
import { exportMyData } from '../downstream/export-my-data.ts'
import type { MutationResolvers } from '../generated/resolver-types.ts'

export const mutation: MutationResolvers = {
  createNote: async (_, { input }, { notes }) => ({ note: await notes.create(input) }),
  createNotes: async (_, { input }, { notes }) => ({ notes: await notes.createMany(input) }),
  updateNote: async (_, { input }, { notes }) => ({ note: await notes.update(input) }),
  trashNote: async (_, { input }, { notes }) => ({ note: await notes.trash(input) }),
  restoreNote: async (_, { input }, { notes }) => ({ note: await notes.restore(input) }),
  deleteNote: async (_, { input }, { notes }) => ({ deletedNoteId: await notes.delete(input).then(() => input.id) }),
  shareNote: async (_, { input }, { notes }) => ({ note: await notes.share(input) }),
  unshareNote: async (_, { input }, { notes }) => ({ note: await notes.unshare(input) }),
  leaveNote: async (_, { input }, { notes }) => ({ leftNoteId: await notes.leave(input).then(() => input.id) }),
  updateProfile: async (_, { input }, { people }) => ({ me: await people.update(input) }),
  revokeSession: (_, { input }, { signIns }) => signIns.revoke(input),
  revokeApp: (_, { input }, { signIns }) => signIns.revokeApp(input),
  signOut: (_, { input }, { signIns }) => signIns.end(input),
  exportMyData: (_, { input }, { exchangeFor }) => exportMyData(exchangeFor, input),
}
