/**
 * What a client holds for a person after a sign-in: oidc-provider's `Grant`, with the sign-in that it descends from.
 * Each token that is renewed has `auth_time` and `login_id` of that sign-in, and ends with it.
 */
import { randomBytes } from 'node:crypto'
import { digestOf } from '@fieldnotes/table/digest'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { keepSource } from '@fieldnotes/table/sign-in-sources'
import type { Table } from '@fieldnotes/table/table'
import type Provider from 'oidc-provider'
import type { FindAccount, KoaContextWithOIDC } from 'oidc-provider'
import { ownRow } from '../grants/client-rows.ts'
import type { SignIn } from '../sign-in/signed-in-person.ts'
import type { ModelStore } from './model-store.ts'
import { answering } from './oauth-errors.ts'

type Grant = InstanceType<Provider['Grant']>

/** A sign-in, with what the policies of groups need. */
export interface StatedSignIn extends SignIn {
  /** Name of the issuer's row where the person signed in. */
  readonly issuer?: string
  /** `sub` of the person there. */
  readonly subject?: string
  /** Groups of the person at that sign-in, as `issuer:group`; undefined where it did not say them. */
  readonly groups?: readonly string[]
  /** What that sign-in said of the person's name. */
  readonly name?: string | undefined
}

/** A grant with the members that are added. */
export type SignInOfGrant = Grant & { -readonly [Member in (typeof addedMembers)[number]]?: StatedSignIn[Member] }

const addedMembers = ['authTime', 'loginId', 'issuer', 'groups', 'name'] as const

/** Has oidc-provider store the sign-in with each grant: it drops members that a model does not list. */
export function keepSignIns(provider: Provider): void {
  const { Grant } = provider
  const listed = (Grant as unknown as { readonly IN_PAYLOAD: readonly string[] }).IN_PAYLOAD
  Object.defineProperty(Grant, 'IN_PAYLOAD', { value: [...listed, ...addedMembers] })
}

/** What is granted: scopes of one target, until an instant. */
export interface Granted {
  readonly clientId: string
  /** `aud` of the tokens. */
  readonly target: string
  readonly scopes: readonly string[]
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** Where grants are stored. */
export interface GrantParts {
  readonly provider: Provider
  readonly store: Pick<ModelStore, 'table'>
}

/**
 * Stores a grant, whose `loginId` is that of its tokens; before it, for an app of the product, where the person has
 * signed in. No other app signs the person out everywhere. @throws UNAVAILABLE
 */
export async function storeGrant(
  { provider, store }: GrantParts,
  signIn: StatedSignIn,
  granted: Granted,
): Promise<SignInOfGrant> {
  const { clientId, target, scopes, expiresAt } = granted
  const jti = randomBytes(32).toString('base64url')
  const grant: SignInOfGrant = new provider.Grant({ jti, accountId: signIn.personId, clientId } as never)
  const { personId, authTime, issuer, subject, groups } = signIn
  const said = { ...(issuer !== undefined && { issuer }), ...(groups && { groups }) }
  Object.assign(grant, { authTime, ...said, exp: expiresAt, ...identityOf(signIn, clientId, jti) })
  grant.addResourceScope(target, scopes.join(' '))
  if (ownRow(clientId) && issuer !== undefined && subject !== undefined)
    await keepSource(store.table(), personId, { issuer, subject }, expiresAt)
  await grant.save()
  return grant
}

/**
 * By what a grant is ended. What a third party may do ends by itself: neither with another app's sign-in, nor that with
 * it. Its grant has the name too, for userinfo.
 */
function identityOf({ loginId, name }: StatedSignIn, clientId: string, grantId: string) {
  return ownRow(clientId) ? { loginId } : { loginId: digestOf(grantId), ...(name !== undefined && { name }) }
}

/** Claims of a token of a grant, beside those that oidc-provider writes. */
export function signInClaims(ctx: KoaContextWithOIDC | undefined) {
  const { authTime, loginId } = (ctx?.oidc.entities.Grant ?? {}) as SignInOfGrant
  return authTime === undefined || loginId === undefined ? undefined : { auth_time: authTime, login_id: loginId }
}

/**
 * Whether a grant has ended: by its person, its sign-in, its client or its app, however long ago that was. One that
 * does not say its sign-in has. @throws UNAVAILABLE
 */
export async function endedGrant(
  table: Pick<Table, 'batchGet'>,
  { accountId, authTime, loginId, clientId }: SignInOfGrant,
  issuer: string,
): Promise<boolean> {
  if (authTime === undefined || loginId === undefined) return true
  return hasEnded(table, { personId: String(accountId), loginId, authTime, clientId: String(clientId), issuer })
}

/**
 * Finds the person of a code or refresh token: none when the sign-in has ended, however long ago that was.
 * oidc-provider then answers `invalid_grant`.
 */
export function findPerson(table: () => Pick<Table, 'batchGet'>, issuer: string): FindAccount {
  return async (ctx, personId, token) => {
    const grant = ctx.oidc.entities.Grant as SignInOfGrant | undefined
    const account = { accountId: personId, claims: async () => ({ sub: personId }) }
    if (token === undefined) return account
    const isEnded = !grant || (await answering(() => endedGrant(table(), grant, issuer)))
    return isEnded ? undefined : account
  }
}
