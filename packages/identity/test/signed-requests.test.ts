import { describe, expect, it } from 'vitest'
import { createAuthenticateSigned, type SignedRequests } from '../src/signed-requests.ts'
import { authenticate, identityWith, outcomeOf } from './kit/identities.ts'
import { mint, shapes } from './kit/mint.ts'
import { cognitoRow, now } from './kit/rows.ts'

const provider = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI'
const role = 'arn:aws:sts::123456789012:assumed-role/reports'
const settings: SignedRequests = {
  userPool: cognitoRow,
  provider,
  identityPoolId: 'eu-west-1:11111111-2222-3333-4444-555555555555',
  clientId: 'web',
  scopes: ['notes:read', 'notes:write'],
  services: { [role]: ['notes:read'] },
}

const subject = String(shapes.cognito.claims.sub)
const amr = ['authenticated', provider, `${provider}:CognitoSignIn:${subject}`]
const identity = {
  amr,
  identityId: 'eu-west-1:99999999-2222-3333-4444-555555555555',
  identityPoolId: settings.identityPoolId,
}
const person = {
  cognitoIdentity: identity,
  userArn: 'arn:aws:sts::123456789012:assumed-role/People/CognitoIdentityCredentials',
}

function signed(iam: unknown, isRevoked?: () => boolean) {
  return createAuthenticateSigned(settings, { isRevoked, allowedScopes: undefined, clock: () => now * 1000 })(iam)
}

describe('createAuthenticateSigned', () => {
  it('knows a person of the user pool, who is the same as by a token', async () => {
    const byToken = await authenticate(identityWith(), mint(shapes.cognito))
    expect(await signed(person)).toEqual({
      kind: 'user',
      id: 'id' in byToken && byToken.id,
      issuer: 'cognito',
      subject,
      clientId: 'web',
      scopes: new Set(['notes:read', 'notes:write']),
      groups: new Set(),
      authenticatedAt: undefined,
      tokenId: undefined,
      loginId: undefined,
      actor: undefined,
      thirdParty: false,
      boundTo: undefined,
      via: 'iam',
      name: undefined,
      email: undefined,
      expiresAt: now + 3600,
    })
  })

  it('knows a role that is listed, as one service in all its sessions', async () => {
    const [one, other] = await Promise.all(
      ['a', 'b'].map((session) => signed({ cognitoIdentity: null, userArn: `${role}/${session}` })),
    )
    expect(one).toMatchObject({ kind: 'service', issuer: 'aws', subject: role, via: 'iam', clientId: undefined })
    expect([one?.id, [...(one?.scopes ?? [])]]).toEqual([other?.id, ['notes:read']])
  })

  it('gives a frozen principal', async () => {
    expect(Object.isFrozen(await signed(person))).toBe(true)
  })

  const of = (changes: object) => ({ ...person, cognitoIdentity: { ...identity, ...changes } })

  it.each([
    ['no fields', undefined, 'iam_missing'],
    ['null', null, 'iam_missing'],
    ['a text', 'arn:aws:sts::123456789012:assumed-role/reports/x', 'iam_missing'],
    ['another identity pool', of({ identityPoolId: 'eu-west-1:other' }), 'iam_identity_pool_wrong'],
    ['no identity pool', of({ identityPoolId: undefined }), 'iam_identity_pool_wrong'],
    ['a guest', of({ amr: ['unauthenticated'] }), 'iam_not_authenticated'],
    ['no amr', of({ amr: undefined }), 'iam_not_authenticated'],
    ['amr as a text', of({ amr: amr.join(',') }), 'iam_not_authenticated'],
    ['another user pool', of({ amr: amr.map((each) => each.replace('AbCdEfGhI', 'Other')) }), 'iam_user_pool_wrong'],
    [
      'another provider',
      of({ amr: ['authenticated', 'graph.facebook.com', 'graph.facebook.com:x:y'] }),
      'iam_user_pool_wrong',
    ],
    ['a second provider', of({ amr: [...amr, 'graph.facebook.com'] }), 'iam_user_pool_wrong'],
    ['a sign-in at another pool', of({ amr: [...amr.slice(0, 2), 'x:CognitoSignIn:y'] }), 'iam_user_pool_wrong'],
    ['no subject', of({ amr: [...amr.slice(0, 2), `${provider}:CognitoSignIn:`] }), 'iam_subject_invalid'],
    ['two subjects', of({ amr: [...amr.slice(0, 2), `${amr[2]}:CognitoSignIn:x`] }), 'iam_subject_invalid'],
    ['a subject with a line break', of({ amr: [...amr.slice(0, 2), `${amr[2]}\n`] }), 'iam_subject_invalid'],
    ['a role that is not listed', { cognitoIdentity: null, userArn: `${role}s/x` }, 'iam_role_unknown'],
    ['a role that begins alike', { cognitoIdentity: null, userArn: `${role.slice(0, -1)}/x` }, 'iam_role_unknown'],
    ['a role of another account', { userArn: `${role.replace('1234', '9234')}/x` }, 'iam_role_unknown'],
    ['a user of IAM', { userArn: 'arn:aws:iam::123456789012:user/reports' }, 'iam_role_unknown'],
    ['the account itself', { userArn: 'arn:aws:iam::123456789012:root' }, 'iam_role_unknown'],
    ['a member of every object', { userArn: 'constructor' }, 'iam_role_unknown'],
  ])('refuses %s', async (_what, iam, reason) => {
    expect(await outcomeOf(signed(iam))).toBe(`UNAUTHENTICATED ${reason}`)
  })

  it('refuses who is revoked, and is closed while that is unknown', async () => {
    expect(await outcomeOf(signed(person, () => true))).toBe('UNAUTHENTICATED revoked')
    expect(await outcomeOf(signed(person, () => false))).toBe('accepted')
    const broken = () => {
      throw new Error('no table')
    }
    expect(await outcomeOf(signed(person, broken))).toBe('UNAVAILABLE revocations_unavailable')
  })
})
