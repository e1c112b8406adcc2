/**
 * Fields that are null only with an error (`@semanticNonNull`): the list dimensions that are not null, 0 for the field.
 */
export const nonNullLevels: Readonly<Record<string, readonly number[]>> = {
  "Query.me": [
    0
  ],
  "Query.note": [
    0
  ],
  "Query.notes": [
    0
  ],
  "Query.sharedWithMe": [
    0
  ],
  "Query.tags": [
    0
  ],
  "Query.node": [
    0
  ],
  "Query.nodes": [
    0,
    1
  ],
  "Query.changes": [
    0
  ],
  "Mutation.createNote": [
    0
  ],
  "Mutation.createNotes": [
    0
  ],
  "Mutation.updateNote": [
    0
  ],
  "Mutation.trashNote": [
    0
  ],
  "Mutation.restoreNote": [
    0
  ],
  "Mutation.deleteNote": [
    0
  ],
  "Mutation.shareNote": [
    0
  ],
  "Mutation.unshareNote": [
    0
  ],
  "Mutation.leaveNote": [
    0
  ],
  "Mutation.updateProfile": [
    0
  ],
  "Mutation.signOut": [
    0
  ],
  "Mutation.revokeSession": [
    0
  ],
  "Mutation.revokeApp": [
    0
  ],
  "Mutation.exportMyData": [
    0
  ],
  "User.sessions": [
    0
  ],
  "User.apps": [
    0
  ],
  "Session.firstSeen": [
    0
  ],
  "Session.lastSeen": [
    0
  ],
  "Session.current": [
    0
  ],
  "SessionConnection.edges": [
    0
  ],
  "SessionConnection.nodes": [
    0
  ],
  "SessionEdge.node": [
    0
  ],
  "ConnectedApp.clientId": [
    0
  ],
  "ConnectedApp.name": [
    0
  ],
  "ConnectedApp.scopes": [
    0
  ],
  "ConnectedApp.since": [
    0
  ],
  "ConnectedApp.lastUsedAt": [
    0
  ],
  "ConnectedAppConnection.edges": [
    0
  ],
  "ConnectedAppConnection.nodes": [
    0
  ],
  "ConnectedAppEdge.node": [
    0
  ],
  "Note.title": [
    0
  ],
  "Note.content": [
    0
  ],
  "Note.tags": [
    0
  ],
  "Note.pinned": [
    0
  ],
  "Note.version": [
    0
  ],
  "Note.createdAt": [
    0
  ],
  "Note.updatedAt": [
    0
  ],
  "Note.owner": [
    0
  ],
  "Note.viewerRole": [
    0
  ],
  "Note.viewerCan": [
    0
  ],
  "Note.shares": [
    0
  ],
  "Note.sizeBytes": [
    0
  ],
  "Share.person": [
    0
  ],
  "Share.role": [
    0
  ],
  "Share.sharedAt": [
    0
  ],
  "NotePermissions.update": [
    0
  ],
  "NotePermissions.trash": [
    0
  ],
  "NotePermissions.restore": [
    0
  ],
  "NotePermissions.delete": [
    0
  ],
  "NotePermissions.share": [
    0
  ],
  "NotePermissions.leave": [
    0
  ],
  "NoteConnection.edges": [
    0
  ],
  "NoteConnection.nodes": [
    0
  ],
  "NoteEdge.node": [
    0
  ],
  "TagCount.tag": [
    0
  ],
  "TagCount.count": [
    0
  ],
  "NoteChanges.changes": [
    0
  ],
  "NoteChanges.hasMore": [
    0
  ],
  "NoteChanges.resyncRequired": [
    0
  ],
  "NoteChanged.note": [
    0
  ],
  "NoteGone.noteId": [
    0
  ],
  "NoteGone.reason": [
    0
  ],
  "NoteGone.at": [
    0
  ],
  "CreateNotePayload.note": [
    0
  ],
  "CreateNotesPayload.notes": [
    0
  ],
  "UpdateNotePayload.note": [
    0
  ],
  "TrashNotePayload.note": [
    0
  ],
  "RestoreNotePayload.note": [
    0
  ],
  "DeleteNotePayload.deletedNoteId": [
    0
  ],
  "ShareNotePayload.note": [
    0
  ],
  "UnshareNotePayload.note": [
    0
  ],
  "LeaveNotePayload.leftNoteId": [
    0
  ],
  "UpdateProfilePayload.me": [
    0
  ],
  "SignOutPayload.everywhere": [
    0
  ],
  "SignOutPayload.endedUntil": [
    0
  ],
  "SignOutPayload.refusedFrom": [
    0
  ],
  "RevokeSessionPayload.revokedSessionId": [
    0
  ],
  "RevokeSessionPayload.refusedFrom": [
    0
  ],
  "RevokeAppPayload.revokedClientId": [
    0
  ],
  "RevokeAppPayload.refusedFrom": [
    0
  ],
  "ExportMyDataPayload.exportId": [
    0
  ],
  "ExportMyDataPayload.status": [
    0
  ],
  "ExportMyDataPayload.location": [
    0
  ],
  "ExportMyDataPayload.expiresAt": [
    0
  ]
}
