/** The parts of the function that signs in, with a provider that records what it is given. */
import { sampleUser } from '@fieldnotes/core/sample-principals'
import type { OpenTable } from '@fieldnotes/table/table'
import type { OwnIssuer } from '../../src/provider/firebase-holder.ts'
import type { Provider } from '../../src/provider/oauth-provider.ts'
import type { Person, SessionParts } from '../../src/steps/session-parts.ts'
import { clock, envelope, now } from '../kit/world.ts'

/** The person of every access token. */
export function personOf(id: string): Person {
  const loginId = `login-of-${id}`
  return { ...sampleUser({ id, loginId, authenticatedAt: now - 60 }), loginId }
}

/** Parts at a table. `revoked` gets each refresh token that is revoked. */
export function partsAt(table: OpenTable, revoked: string[] = [], changes: Partial<Provider> = {}): SessionParts {
  const unused = () => Promise.reject(new Error('not used'))
  const provider: Provider = {
    begin: async () => ({ attempt: { state: 's', verifier: 'v', nonce: 'n' }, url: 'https://pool.example/' }),
    redeem: unused,
    refresh: unused,
    revoke: async (token) => void revoked.push(token),
    logoutUrl: 'https://pool.example/logout',
    ...changes,
  }
  const ownIssuer: OwnIssuer = { exchange: unused, refresh: unused, revoke: unused }
  const clients = {
    pool: { issuer: 'cognito', clientId: 'sessions', logoutUrl: provider.logoutUrl },
    own: { issuer: 'fieldnotes', clientId: 'firebase-session', logoutUrl: 'https://app.example/' },
  }
  return { table, provider, ownIssuer, clients, envelope, identity: { authenticate: unused }, log: () => {}, clock }
}
