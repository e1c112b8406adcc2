/** What can be revoked before it expires. `identity` compares every verified credential with a list of these. */
import { issuerLifetimeSecondsMax } from './issuer-rules.ts'

/**
 * Most seconds by which the clocks of issuer, revoking process and checking process may differ, all together, so that
 * an entry is read until the last token that it refuses has expired. The comparison with `at` has no such allowance.
 * @internal
 */
export const revocationClocksSecondsMax = 240

/**
 * Seconds for which an entry must be stored, whatever the lifetimes of the issuers are: a day and 240 seconds.
 * @example
 * ```ts
 * import { type Revocation, revocationStoredSeconds } from '@fieldnotes/core/revocation'
 *
 * const now = Math.floor(Date.now() / 1000)
 * const entry: Revocation = { kind: 'person', personId: 'abc', at: now }
 * const row = { entry, storedAt: now, expiresAt: now + revocationStoredSeconds }
 * ```
 */
export const revocationStoredSeconds: number = issuerLifetimeSecondsMax + revocationClocksSecondsMax

/**
 * One revocation. `at` is in whole seconds since the epoch: what was signed in until then, or in that same second, is
 * refused. It is compared with `auth_time`, which is of the issuer's clock: where that clock is n seconds ahead, the
 * sign-ins of the last n seconds before `at` are spared.
 */
export type Revocation =
  /** Every sign-in of a person until `at`. */
  | { readonly kind: 'person'; readonly personId: string; readonly at: number }
  /** One sign-in, with every token that was refreshed from it (`loginId` of a principal). */
  | { readonly kind: 'login'; readonly loginId: string }
  /** One token (`jti`) of an issuer. */
  | { readonly kind: 'token'; readonly issuer: string; readonly tokenId: string }
  /** What one client may do for one person, from sign-ins until `at`. */
  | { readonly kind: 'app'; readonly personId: string; readonly clientId: string; readonly at: number }
  /** Every token of a client: for people from sign-ins until `at`, and for the client itself. */
  | { readonly kind: 'client'; readonly issuer: string; readonly clientId: string; readonly at: number }
  /** A key to which tokens are bound (DPoP, RFC 9449), by its SHA-256 thumbprint (RFC 7638). */
  | { readonly kind: 'key'; readonly thumbprint: string }

/** The kind of a revocation. */
export type RevocationKind = Revocation['kind']

/** The ids of a revocation, without its instant. */
export type RevokedIds =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'app'; readonly personId: string; readonly clientId: string }
  | { readonly kind: 'client'; readonly issuer: string; readonly clientId: string }
  | Extract<Revocation, { readonly kind: 'login' | 'token' | 'key' }>

/** The ids of each kind, the last of which alone may contain `#`. */
const partsOf: { readonly [Kind in RevocationKind]: (ids: RevokedIds & { readonly kind: Kind }) => readonly string[] } =
  {
    person: ({ personId }) => [personId],
    login: ({ loginId }) => [loginId],
    token: ({ issuer, tokenId }) => [issuer, tokenId],
    app: ({ personId, clientId }) => [personId, clientId],
    client: ({ issuer, clientId }) => [issuer, clientId],
    key: ({ thumbprint }) => [thumbprint],
  }

/**
 * Kind and ids as one text, such as `token#cognito#4f1c…`. Two revocations have the same text only if they revoke the
 * same thing.
 * @throws TypeError for an unknown kind and for a missing id: such an entry would match no principal
 * @example
 * ```ts
 * import { revokedText } from '@fieldnotes/core/revocation'
 *
 * revokedText({ kind: 'token', issuer: 'cognito', tokenId: '4f1c' }) // 'token#cognito#4f1c'
 * ```
 */
export function revokedText(ids: RevokedIds): string {
  const parts = (partsOf[ids.kind] as (of: RevokedIds) => readonly string[])(ids)
  if (!parts.every((part) => typeof part === 'string' && part !== '')) throw new TypeError('a revocation without id')
  return [ids.kind, ...parts].join('#')
}

/**
 * The instant of a revocation that has one: sign-ins after it stay valid.
 * @example
 * ```ts
 * import { revokedUntil } from '@fieldnotes/core/revocation'
 *
 * revokedUntil({ kind: 'person', personId: 'abc', at: 1_800_000_000 }) // 1_800_000_000
 * revokedUntil({ kind: 'login', loginId: 'l-1' }) // undefined: it has no instant
 * ```
 */
export function revokedUntil(revocation: Revocation): number | undefined {
  return 'at' in revocation ? revocation.at : undefined
}
