/**
 * The scopes of the notes API: name → the text that a consent page shows, of at most 256 characters (Amazon Cognito,
 * `ResourceServerScopeType`). A test of the API compares each with what the rules allow.
 */
export const scopes = {
  read: 'Read your notes, notes that are shared with you, and your profile: name, e-mail address and handle',
  write: 'Create and change notes',
  share: 'Share notes with other people, stop sharing, and leave notes of others',
  trash: 'Put notes into the trash and out',
  audit: 'See which app last changed a note',
} as const

/** The first half of every scope (`notes:read`), which is also the resource server's identifier at Cognito. */
export const scopeOwner = 'notes'

/** The second half of a scope. */
export type ScopeName = keyof typeof scopes

/**
 * Returns the `scopes` of an issuer that writes `notes/read` or `notes:read`: its scope → the API's. Cognito separates
 * with `/`.
 */
export function scopeTable(separator: '/' | ':'): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.keys(scopes).map((name) => [`${scopeOwner}${separator}${name}`, [`${scopeOwner}:${name}`]]),
  )
}

/** Every scope as the API writes it. */
const known: ReadonlySet<unknown> = new Set(Object.keys(scopes).map((name) => `${scopeOwner}:${name}`))

/**
 * Why these are not the scopes of a caller, each reason as the end of a sentence that quotes nothing. A misspelt scope
 * would be a right that is missing without a message, and an empty list a caller who may do nothing.
 */
export function scopesFaults(given: unknown): readonly string[] {
  if (!Array.isArray(given) || given.length === 0) return ['has no list of scopes']
  if (!given.every((scope) => known.has(scope))) return [`has a scope that is none of ${[...known].join(', ')}`]
  return new Set(given).size === given.length ? [] : ['has a scope twice']
}

/** Scopes that an app of a third party may get: those that a person can judge on a consent page. */
const thirdPartyScopes: ReadonlySet<string> = new Set(
  (['read', 'write', 'share', 'trash'] satisfies readonly ScopeName[]).map((name) => `${scopeOwner}:${name}`),
)

/** Whether an app of a third party may get this scope. Which other apps a person uses is none of its business. */
export function isThirdPartyScope(scope: string): boolean {
  return thirdPartyScopes.has(scope)
}
