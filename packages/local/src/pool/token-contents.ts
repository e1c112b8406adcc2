/**
 * Claims of the pool's tokens
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html).
 * Name and address in access tokens come from the deployed trigger itself.
 */
import { createHash, randomUUID } from 'node:crypto'
import { handler as preToken } from '@fieldnotes/api/pre-token'
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda'
import type { Person } from './people/pool-person.ts'

/** Id of the pool, the last part of its issuer. */
export const poolId = 'eu-west-1_Local0001'

/** Seconds for which access and ID tokens are valid, as in `infra/user-pool-clients.ts`. */
export const tokenSeconds = 15 * 60

/** Seconds for which a refresh token is valid, counted from the sign-in: rotation does not prolong it. */
export const refreshSeconds = 30 * 24 * 3600

/** How a person's token came to be, as the trigger is informed of it. */
export type TriggerSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_RefreshTokens'

/** What a person's token says beside the person. Times are in seconds since the epoch. */
export interface TokenFacts {
  readonly issuer: string
  readonly clientId: string
  /** `origin_jti`: the same for all tokens of a sign-in. */
  readonly originId: string
  readonly scope: string
  readonly authTime: number
  readonly issuedAt: number
  readonly source: TriggerSource
}

/** Claims of a JWT. */
export type Claims = Readonly<Record<string, unknown>>

/** The `origin_jti` of a grant: a UUID that stays the same when tokens are refreshed. */
export function originOf(grantId: string): string {
  const digest = createHash('sha256').update(grantId).digest('hex')
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5')
}

/** Groups of a person. A federated person is in the group of the provider, and in no other that the provider names. */
export function groupsOf({ groups, federation }: Person): readonly string[] {
  return federation ? [...groups, `${poolId}_${federation.provider}`] : groups
}

function attributesOf({ sub, email, emailVerified, name }: Person): Record<string, string> {
  return {
    sub,
    'cognito:user_status': 'CONFIRMED',
    ...(email !== undefined && { email, email_verified: String(emailVerified) }),
    ...(name !== undefined && { name }),
  }
}

function eventOf(person: Person, { clientId, scope, source }: TokenFacts): PreTokenGenerationV2TriggerEvent {
  return {
    version: '2',
    triggerSource: source,
    region: 'eu-west-1',
    userPoolId: poolId,
    userName: person.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
    request: {
      userAttributes: attributesOf(person),
      groupConfiguration: { groupsToOverride: [...groupsOf(person)], iamRolesToOverride: [] },
      scopes: scope.split(' '),
    },
    response: { claimsAndScopeOverrideDetails: {} },
  }
}

/** Claims that access and ID tokens share. */
function common(person: Person, { issuer, originId, authTime, issuedAt }: TokenFacts): Claims {
  const groups = groupsOf(person)
  return {
    sub: person.sub,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: issuer,
    origin_jti: originId,
    event_id: randomUUID(),
    auth_time: authTime,
    exp: issuedAt + tokenSeconds,
    iat: issuedAt,
    jti: randomUUID(),
  }
}

type Overrides = PreTokenGenerationV2TriggerEvent['response']['claimsAndScopeOverrideDetails']

/**
 * The claims that the trigger adds to the access token. Cognito applies more members of its answer, which this pool
 * does not: the first that the trigger uses is a fault here, so that laptop and stage do not differ silently.
 * @throws Error
 */
export function addedClaims(overrides: Overrides | null): Claims {
  const { accessTokenGeneration, ...others } = overrides ?? {}
  const { claimsToAddOrOverride = {}, ...more } = accessTokenGeneration ?? {}
  const unknown = [...Object.keys(others), ...Object.keys(more)]
  if (unknown.length > 0) throw new Error(`the local user pool does not apply ${unknown.join(', ')} of the trigger`)
  return claimsToAddOrOverride
}

/** Claims of a person's access token, after the trigger. */
export async function accessClaims(person: Person, facts: TokenFacts): Promise<Claims> {
  const { response } = await preToken(eventOf(person, facts))
  return {
    ...common(person, facts),
    version: 2,
    client_id: facts.clientId,
    token_use: 'access',
    scope: facts.scope,
    username: person.username,
    ...addedClaims(response.claimsAndScopeOverrideDetails as Overrides),
  }
}

/** Claims of the access token of a program that acts for itself. The trigger is not called for it, as in Cognito. */
export function machineClaims(issuer: string, clientId: string, scope: string, issuedAt: number): Claims {
  return {
    sub: clientId,
    token_use: 'access',
    scope,
    auth_time: issuedAt,
    iss: issuer,
    exp: issuedAt + tokenSeconds,
    iat: issuedAt,
    version: 2,
    jti: randomUUID(),
    client_id: clientId,
  }
}

function identitiesOf({ federation, createdAt }: Person): Claims {
  if (!federation) return {}
  const { provider, subject } = federation
  const identity = { userId: subject, providerName: provider, providerType: provider, issuer: null, primary: 'true' }
  return { identities: [{ ...identity, dateCreated: String(createdAt) }] }
}

/** Claims about a person in ID tokens, before the protocol's own. */
export function profileClaims(person: Person): Claims {
  const { username, email, emailVerified, name } = person
  const groups = groupsOf(person)
  return {
    'cognito:username': username,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    ...(email !== undefined && { email, email_verified: emailVerified }),
    ...(name !== undefined && { name }),
    ...identitiesOf(person),
  }
}

/** Claims of an ID token that does not come from the OAuth endpoints. */
export function idClaims(person: Person, facts: TokenFacts): Claims {
  return { ...common(person, facts), ...profileClaims(person), aud: facts.clientId, token_use: 'id' }
}
