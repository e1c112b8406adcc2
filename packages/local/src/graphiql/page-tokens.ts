/** Access tokens for the page of GraphiQL. */
import { type LocalIssuer, mint } from '../issuers/local-issuers.ts'

/** Seconds. GraphiQL gets a new token for each request. */
const tokenLifetime = 300

/** Returns a new token for a path such as `/tokens/cognito/alice`, or undefined for any other path. */
export async function tokenFor(issuers: readonly LocalIssuer[], path: string): Promise<string | undefined> {
  const [, name, person = ''] = /^\/tokens\/(\w+)\/(alice|bob|carol)$/.exec(path) ?? []
  const issuer = issuers.find((row) => row.name === name)
  const issuedAt = Math.floor(Date.now() / 1000)
  return issuer && mint(issuer, { person, issuedAt, expiresAt: issuedAt + tokenLifetime, groups: [] })
}

/**
 * Which pages may read a token: true for a page of our own origin, for a terminal, and for a URL that a person typed
 * (Fetch Metadata §2.1). A page of
 * another port of this machine is `same-site`, and is refused like any other page.
 */
export function isOwnPage(fetchSite: unknown): boolean {
  return fetchSite === undefined || fetchSite === 'none' || fetchSite === 'same-origin'
}
