/** What judges tokens and people at the issuer: identities, policies of groups, revocations. */
import type { Log } from '@fieldnotes/core/log'
import { createGroupPolicies, type GroupPolicies } from '@fieldnotes/identity/group-policies'
import type { Identity } from '@fieldnotes/identity/identity'
import { createRevocationList, type IsRevoked, revocationWindowSeconds } from '@fieldnotes/identity/revocation-list'
import type { Settings } from '@fieldnotes/identity/settings'
import { readGroupPolicies } from '@fieldnotes/table/group-policies'
import { readRevocations } from '@fieldnotes/table/revocations'
import { createTable, type Table } from '@fieldnotes/table/table'
import {
  createFirebaseIdentity,
  createIdentities,
  createSignInIdentity,
  createUserInfoIdentity,
} from './exchange/identities.ts'
import type { IssuerSettings } from './issuer-settings.ts'
import { issuerPaths } from './metadata.ts'
import type { SignInIdentities } from './sign-in/open-sign-ins.ts'

/** What differs between Lambda, a laptop and tests. */
export interface HandlerOptions extends Pick<Settings, 'environment'> {
  readonly log: Log
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: () => number
  /** Fetches key sets of the other issuers. Default: the global `fetch`. */
  readonly fetch?: typeof fetch
}

/** Milliseconds after which a call to the table is aborted. */
const tableMs = 2000

/** The table, and what judges subject tokens. */
export interface Judges {
  readonly table: () => Table
  readonly identities: ReturnType<typeof createIdentities>
  readonly policies: GroupPolicies
  readonly isRevoked: IsRevoked
  /** Judges tokens of this issuer, opaque and bound ones among them. */
  readonly userInfoIdentity: (proofs: NonNullable<Settings['proofs']>) => Identity
  /** What judges people who have just signed in. */
  readonly signInIdentities: SignInIdentities
}

/** Opens them without a request. @throws Error that lists every fault of the issuers */
export function openJudges(
  { issuer, origin, issuers, access, groups = 'open', loopbackIssuers }: IssuerSettings,
  { log, environment, clock = Date.now, fetch = globalThis.fetch }: HandlerOptions,
  keySet: () => Promise<unknown>,
): Judges {
  const opened = createTable(access)
  const table = () => opened.until({ at: clock() + tableMs, clock })
  /** The own key set is here: the function does not call itself. */
  const fetchKeys: typeof globalThis.fetch = async (input, init) =>
    String(input) === issuer + issuerPaths.jwks ? Response.json(await keySet()) : fetch(input, init)
  const policies = createGroupPolicies({ read: () => readGroupPolicies(table()), mode: groups, clock, log })
  const isRevoked = createRevocationList({
    read: (sinceSeconds) => readRevocations(table(), sinceSeconds),
    windowSeconds: revocationWindowSeconds(issuers),
    clock,
    log,
  })
  const shared = { issuers, origin, table, environment, loopbackIssuers, clock, log }
  const parts = { ...shared, allowedScopes: policies, isRevoked, fetch: fetchKeys }
  return {
    table,
    identities: createIdentities(parts),
    policies,
    isRevoked,
    userInfoIdentity: (proofs) => createUserInfoIdentity(parts, proofs),
    signInIdentities: {
      pool: (clientId) => createSignInIdentity(parts, clientId),
      firebase: () => createFirebaseIdentity(parts),
    },
  }
}
