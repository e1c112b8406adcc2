/** Judges a subject token: who it is for, where it comes from, and whether this client may exchange it. */
import { AppError } from '@fieldnotes/core/error'
import type { Actor, Principal, User } from '@fieldnotes/core/principal'
import type { Identity } from '@fieldnotes/identity/identity'
import type { Issuer } from '@fieldnotes/identity/issuer'
import {
  type ExchangeGrant,
  firebaseSignInSecondsMax,
  ownClientIds,
  type SignInGrant,
  type Subject,
} from '../grants/client-rows.ts'
import type { TargetName } from '../grants/targets.ts'
import { ExchangeRefusal } from './exchange-refusal.ts'
import { type ExchangeRequest, type SubjectType, tokenType } from './exchange-request.ts'

/** What judges tokens. */
export interface SubjectParts {
  /** For each audience, an identity that verifies its tokens and reads revocations. */
  readonly identities: Readonly<Record<TargetName, Pick<Identity, 'requireCaller'>>>
  /** Name of an issuer's row → its kind. */
  readonly kinds: ReadonlyMap<string, Issuer['kind']>
  /** App clients of the user pool that count as `web`. */
  readonly webClientIds: readonly string[]
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** The key that the sender of a request has proved to hold. */
export interface ProvenKey {
  /** SHA-256 thumbprint (RFC 7638). Undefined for a request without a DPoP proof. */
  readonly provenKey: string | undefined
}

/** A person whose token may be exchanged. */
export interface JudgedSubject {
  readonly personId: string
  readonly scopes: ReadonlySet<string>
  /** When the person signed in, in seconds since the epoch. */
  readonly authTime: number
  readonly loginId: string
  /** Name of the row of the issuer that gave the token. */
  readonly issuer: string
  /** `sub` there. */
  readonly subject: string
  /** Groups of the person, as `issuer:group`. */
  readonly groups: readonly string[]
  /** Who acted for the person before the client. */
  readonly actor: Actor | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** Kind of an issuer → the types as which its tokens are taken. Cognito's ID tokens are not access tokens. */
const typesOf: Readonly<Record<Issuer['kind'], readonly SubjectType[]>> = {
  cognito: [tokenType.access, tokenType.jwt],
  fieldnotes: [tokenType.access, tokenType.jwt],
  firebase: [tokenType.id, tokenType.jwt],
  // Issuers that settings add: their tokens are for the endpoint alone.
  oidc: [],
}

/**
 * Returns the person of a subject token. `provenKey` is the thumbprint of the key whose DPoP proof the request has: a
 * subject that is bound to a key is accepted with a proof of that key alone.
 * @throws ExchangeRefusal invalid_request for a token that is invalid, revoked, without a person, or not for this
 * client (RFC 8693 §2.2.2); UNAVAILABLE when it can't be judged
 */
export async function judgeSubject(
  { subjectToken, subjectType }: ExchangeRequest,
  grant: ExchangeGrant | SignInGrant,
  parts: SubjectParts & ProvenKey,
): Promise<JudgedSubject> {
  const subjects: readonly Subject[] = grant.subjects
  const principal = await verified(subjectToken, parts.identities[grant.receives], parts)
  const kind = parts.kinds.get(principal.issuer) ?? 'oidc'
  if (principal.kind !== 'user') return refuse('without_person')
  if (!typesOf[kind].includes(subjectType)) return refuse('type_wrong')
  const app = appOf(principal, kind, parts.webClientIds)
  if (app === undefined || !subjects.includes(app))
    return refuse('not_for_client', 'subject_token is not for this client')
  const signInSecondsMax = 'signInSecondsMax' in grant ? grant.signInSecondsMax : firebaseSignInSecondsMax
  return judged(principal, kind === 'firebase' ? signInSecondsMax : undefined, parts.clock() / 1000)
}

function refuse(reason: string, message = 'subject_token is not valid'): never {
  throw new ExchangeRefusal('invalid_request', message, reason)
}

async function verified(
  token: string,
  identity: Pick<Identity, 'requireCaller'>,
  { provenKey }: ProvenKey,
): Promise<Exclude<Principal, { kind: 'anonymous' }>> {
  try {
    return await identity.requireCaller(
      { authorization: `Bearer ${token}` },
      provenKey === undefined ? {} : { provenKey },
    )
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return refuse(error.reason)
    throw error
  }
}

/** Whose token it is, as the table of grants names it. Undefined for a third party, and for other apps of the pool. */
function appOf({ clientId = '' }: User, kind: Issuer['kind'], web: readonly string[]): Subject | undefined {
  if (kind === 'firebase') return 'firebase'
  if (kind === 'fieldnotes') return ownClientIds.find((own) => own === clientId)
  return web.includes(clientId) ? 'web' : undefined
}

/** `signInSecondsMax` is the longest age of the sign-in; undefined where it may have any. */
function judged(user: User, signInSecondsMax: number | undefined, now: number): JudgedSubject {
  const { id, scopes, authenticatedAt, loginId, actor, expiresAt } = user
  if (authenticatedAt === undefined || loginId === undefined) return refuse('sign_in_unknown')
  if (signInSecondsMax !== undefined && now - authenticatedAt > signInSecondsMax)
    return refuse('sign_in_too_old', 'the sign-in is too old: sign in again')
  const source = { issuer: user.issuer, subject: user.subject, groups: [...user.groups] }
  return {
    personId: id,
    ...source,
    scopes,
    authTime: authenticatedAt,
    loginId,
    actor,
    expiresAt,
  }
}
