/** An identity with one key server and a clock that tests move. */
import type { Identity } from '../../src/identity.ts'
import type { Settings } from '../../src/settings.ts'
import { authenticate, identityWith, outcomeOf } from './identities.ts'
import { first, type KeyServer, tokenBy } from './key-server.ts'
import type { KeyPair } from './keys.ts'
import { now, oidcRow } from './rows.ts'

export interface Warm {
  readonly identity: Identity
  readonly wait: (seconds: number) => void
}

/** Its clock moves only by `wait`. */
export function identityOf(server: KeyServer, changes: Partial<Settings> = {}): Warm {
  let seconds = now
  const identity = identityWith({
    issuers: [{ ...oidcRow, jwksUri: server.url, algorithms: ['ES256', 'RS256'], lifetimeSecondsMax: 86_400 }],
    loopbackIssuers: 'trust',
    clock: () => seconds * 1000,
    fetch: globalThis.fetch,
    ...changes,
  })
  return {
    identity,
    wait(more) {
      seconds += more
    },
  }
}

let serial = 0
/** A token that was not sent before, valid for most of a day. */
export function fresh(key: KeyPair = first): string {
  serial += 1
  return tokenBy(key, { exp: now + 86_000, jti: `fresh-${serial}` })
}

export function outcome(identity: Identity, token: string): Promise<string> {
  return outcomeOf(authenticate(identity, token))
}

export const unreachable = 'UNAVAILABLE keys_unreachable'
export const unknown = 'UNAUTHENTICATED key_unknown'
