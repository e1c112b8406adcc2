/** What manages an account, as an app of a third party with every scope may try it. */

/** The row's name, the operation, and the field that is refused. */
export const accountManagement: readonly (readonly [what: string, query: string, field: string])[] = [
  ['sessions', '{ me { sessions { nodes { id } } } }', 'sessions'],
  ['apps', '{ me { apps { nodes { id clientId name scopes since lastUsedAt } } } }', 'apps'],
  ['profile', 'mutation { updateProfile(input: { name: "Mallory" }) { me { id } } }', 'updateProfile'],
  ['handle', 'mutation { updateProfile(input: { renewHandle: true }) { me { id } } }', 'updateProfile'],
  ['sign-out', 'mutation { signOut(input: {}) { everywhere } }', 'signOut'],
  ['sign-out everywhere', 'mutation { signOut(input: { everywhere: true }) { everywhere } }', 'signOut'],
  ['session', `mutation { revokeSession(input: { id: "${sessionId()}" }) { refusedFrom } }`, 'revokeSession'],
  ['app', 'mutation { revokeApp(input: { clientId: "skill" }) { refusedFrom } }', 'revokeApp'],
  ['own app', 'mutation { revokeApp(input: { clientId: "assistant" }) { refusedFrom } }', 'revokeApp'],
  ['export', 'mutation { exportMyData(input: {}) { status } }', 'exportMyData'],
]

function sessionId(): string {
  return Buffer.from(`Session:${'s'.repeat(43)}`).toString('base64url')
}
