/**
 * Callers of requests that AWS has authenticated by their signature (SigV4). They are known by the fields that an HTTP
 * API of API Gateway sets itself, `requestContext.authorizer.iam`, and by nothing that a client sends.
 */
import { AppError } from '@fieldnotes/core/error'
import type { Service, User } from '@fieldnotes/core/principal'
import { revocationClocksSecondsMax } from '@fieldnotes/core/revocation'
import { type Accept, createAccept } from './accept.ts'
import type { AllowedScopes } from './groups/group-policies.ts'
import type { CognitoIssuer } from './issuers/issuer.ts'
import { frozenSet } from './principal/frozen-set.ts'
import { personId } from './principal/person-id.ts'
import type { IsRevoked } from './revocation/revocation-list.ts'
import { isPrintableAscii } from './token/printable-ascii.ts'

/** Whose signatures are accepted. */
export interface SignedRequests {
  /** The user pool whose people have credentials of the identity pool. */
  readonly userPool: Pick<CognitoIssuer, 'name' | 'issuer'>
  /** The user pool as the identity pool names it: `cognito-idp.<region>.amazonaws.com/<pool id>`. */
  readonly provider: string
  readonly identityPoolId: string
  /** The only app client whose tokens the identity pool takes. */
  readonly clientId: string
  /** The API's scopes of every person: those of the app client, because credentials carry none. */
  readonly scopes: readonly string[]
  /** Roles that are services: `arn:aws:sts::<account>:assumed-role/<name>` → the API's scopes. */
  readonly services: Readonly<Record<string, readonly string[]>>
}

interface SignedRequestOptions {
  readonly isRevoked: IsRevoked | undefined
  /** Signed requests do not say the groups of a person. Undefined: no scope is withheld. */
  readonly allowedScopes: AllowedScopes | undefined
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
}

/** Returns the caller of the fields. @throws UNAUTHENTICATED for every other caller; UNAVAILABLE as `authenticate` */
export type AuthenticateSigned = (iam: unknown) => Promise<User | Service>

type Fields = Readonly<Record<string, unknown>>

/** Longest life of the credentials of an identity pool, in seconds: when these end, the fields do not say. */
export const credentialSecondsMax = 3600

/** Longest life of the ID tokens that the identity pool takes, in seconds: as `infra/user-pool-clients.ts` sets it. */
export const idTokenSecondsMax = 900

/**
 * Seconds for which a revocation must be read where signed requests are answered: an ID token may be exchanged for
 * credentials in its last second. The clocks may differ as for tokens (`revocationWindowSeconds`).
 */
export const signedWindowSeconds: number = idTokenSecondsMax + credentialSecondsMax + revocationClocksSecondsMax

/**
 * Builds the function that authenticates signed requests. A person is the same as by a token of the user pool. Without
 * the instant of the sign-in, no mutation that wants a fresh one is allowed, and a revoked person stays refused for as
 * long as the revocation is read, also after a new sign-in. Without the groups, a person has the scopes that every
 * membership would leave.
 */
export function createAuthenticateSigned(settings: SignedRequests, options: SignedRequestOptions): AuthenticateSigned {
  const { clock } = options
  const accept = createAccept(options)
  return async (iam) => {
    const fields = fieldsOf(iam)
    const expiresAt = Math.floor(clock() / 1000) + credentialSecondsMax
    const identity = fieldsOf(fields?.cognitoIdentity)
    const principal = identity ? personOf(settings, identity, expiresAt) : serviceOf(settings, fields, expiresAt)
    return accepted(principal, accept)
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined
}

/** No remedy: a new sign-in gives the caller no credentials that would be accepted. */
function refuse(reason: string): never {
  throw new AppError('UNAUTHENTICATED', reason, { message: 'This signed request is not accepted.', remedy: undefined })
}

async function accepted(principal: User | Service, accept: Accept): Promise<User | Service> {
  try {
    return await accept(principal)
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAUTHENTICATED') refuse(error.reason)
    throw error
  }
}

/** What neither a signature nor a role says. */
const unsaid = {
  groups: frozenSet([]),
  authenticatedAt: undefined,
  tokenId: undefined,
  loginId: undefined,
  actor: undefined,
  thirdParty: false,
  boundTo: undefined,
  via: 'iam',
} as const

function personOf(settings: SignedRequests, { identityPoolId, amr }: Fields, expiresAt: number): User {
  if (identityPoolId !== settings.identityPoolId) return refuse('iam_identity_pool_wrong')
  const { userPool, clientId, scopes } = settings
  const subject = subjectIn(amr, settings.provider)
  return Object.freeze({
    kind: 'user',
    id: personId(userPool.issuer, subject),
    issuer: userPool.name,
    subject,
    clientId,
    scopes: frozenSet(scopes),
    ...unsaid,
    name: undefined,
    email: undefined,
    expiresAt,
  })
}

/**
 * The subject in `amr`, which is `authenticated`, the provider, and `<provider>:CognitoSignIn:<subject>` (AWS, "Using
 * role-based access control"). Another provider, or a second one, is refused.
 */
function subjectIn(amr: unknown, provider: string): string {
  const [state, name, signIn, ...more] = Array.isArray(amr) ? amr : []
  const prefix = `${provider}:CognitoSignIn:`
  if (state !== 'authenticated') return refuse('iam_not_authenticated')
  if (name !== provider || more.length > 0) return refuse('iam_user_pool_wrong')
  if (typeof signIn !== 'string' || !signIn.startsWith(prefix)) return refuse('iam_user_pool_wrong')
  const subject = signIn.slice(prefix.length)
  return isPrintableAscii(subject) && !subject.includes(':') ? subject : refuse('iam_subject_invalid')
}

/** A role without an identity is a service only if it is listed. Sessions of one role are one service. */
function serviceOf({ services }: SignedRequests, fields: Fields | undefined, expiresAt: number): Service {
  if (fields === undefined) return refuse('iam_missing')
  const [role = ''] = /^arn:aws:sts::\d{12}:assumed-role\/[\w+=,.@-]+/.exec(String(fields.userArn)) ?? []
  const scopes = Object.hasOwn(services, role) ? services[role] : undefined
  if (scopes === undefined) return refuse('iam_role_unknown')
  return Object.freeze({
    kind: 'service',
    id: personId('arn:aws:sts', role),
    issuer: 'aws',
    subject: role,
    clientId: undefined,
    scopes: frozenSet(scopes),
    ...unsaid,
    expiresAt,
  })
}
