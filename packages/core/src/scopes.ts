/** What a token can be good for: name → the words a person is shown when asked to agree. */
export const scopes = {
  read: 'Read notes',
  write: 'Write notes',
  share: 'Share notes with other people',
  trash: 'Put notes into the trash and delete them',
  audit: 'See which app last changed a note',
} as const

/** The API that the scopes belong to: the first half of a scope's name, and the resource server's identifier at Cognito. */
export const scopeOwner = 'notes'

export type ScopeName = keyof typeof scopes

/** An issuer's spellings → ours (`notes:read`), for its row in the table of issuers. Cognito joins the halves with `/`. */
export function scopeTable(separator: '/' | ':'): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.keys(scopes).map((name) => [`${scopeOwner}${separator}${name}`, [`${scopeOwner}:${name}`]]),
  )
}
