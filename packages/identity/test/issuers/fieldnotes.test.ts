/** Tokens of our own issuer: what follows from them, and attacks on what only this kind trusts. */
import type { User } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { personId } from '../../src/principal/person-id.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { type KeyPair, keys } from '../kit/keys.ts'
import { type Members, mint, shapes } from '../kit/mint.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, now, oidcRow } from '../kit/rows.ts'

const identity = identityWith()
const { fieldnotes, cognito } = shapes
const alice = personId(cognitoRow.issuer, cognito.claims.sub)
const service = { sub: 'terminal', auth_time: undefined, login_id: undefined, name: undefined }

function principalOf(claims: Members = {}) {
  return authenticate(identity, mint(fieldnotes, claims))
}

/** The outcome of a token whose key and header are not the issuer's. */
function forgedBy(key: KeyPair, header: Members): Promise<string> {
  return outcomeOf(authenticate(identity, mint({ ...fieldnotes, key }, {}, header)))
}

describe('a token of our own issuer', () => {
  it('is of the person whose id it has, which is the id that the person has elsewhere', async () => {
    expect(await principalOf({ sub: alice })).toEqual({
      kind: 'user',
      id: ((await authenticate(identity, mint(cognito))) as User).id,
      issuer: 'fieldnotes',
      subject: alice,
      clientId: 'terminal',
      scopes: new Set(['notes:read']),
      groups: new Set(),
      authenticatedAt: now - 60,
      tokenId: 'f-1',
      loginId: 'login-1',
      actor: undefined,
      thirdParty: false,
      boundTo: undefined,
      via: 'bearer',
      expiresAt: now + 300,
      name: 'Alice',
      email: undefined,
    })
  })

  it('is of a service when the client is its own subject; the id is derived, and there is no sign-in', async () => {
    expect(await principalOf(service)).toMatchObject({
      kind: 'service',
      id: personId(fieldnotesRow.issuer, 'terminal'),
      loginId: undefined,
      authenticatedAt: undefined,
    })
  })

  it('gives a client whose id looks like a person none of the person’s notes', async () => {
    expect(await principalOf({ ...service, sub: alice, client_id: alice })).toMatchObject({
      kind: 'service',
      id: personId(fieldnotesRow.issuer, alice),
    })
  })

  it.each([
    ['terminal', false],
    ['assistant', true],
    ['Terminal', true],
    ['toString', true],
  ])('of the client %s is a third party’s: %s', async (client, thirdParty) => {
    expect(await principalOf({ client_id: client })).toMatchObject({ kind: 'user', thirdParty })
    expect(await principalOf({ ...service, sub: client, client_id: client })).toMatchObject({ thirdParty })
  })

  it('is a third party’s where the row has no first party', async () => {
    const none = identityWith({ issuers: [{ ...fieldnotesRow, firstPartyClientIds: [] }] })
    expect(await authenticate(none, mint(fieldnotes))).toMatchObject({ thirdParty: true })
  })

  it('has no scope that it does not name', async () => {
    expect(await principalOf({ scope: undefined })).toMatchObject({ kind: 'user', scopes: new Set() })
  })

  it.each(['at+jwt', 'AT+JWT', 'application/at+jwt'])('is an access token by its type %s', async (typ) => {
    expect(await outcomeOf(authenticate(identity, mint(fieldnotes, {}, { typ })))).toBe('accepted')
  })

  it.each(['groups', 'cognito:groups', 'roles'])('has no groups, whatever its claim %s says', async (claim) => {
    for (const groups of [['staff'], ['cognito:staff'], 'staff', Array.from({ length: 101 }, String)])
      expect(await principalOf({ [claim]: groups })).toMatchObject({ kind: 'user', groups: new Set() })
  })
})

describe('the actor of a token', () => {
  it('is frozen, with up to three links, the current one first', async () => {
    const act = { sub: 'c', act: { sub: 'b', client_id: 'ignored', act: { sub: 'a' } } }
    const { actor } = (await principalOf({ act })) as User
    expect(actor).toEqual({ subject: 'c', actor: { subject: 'b', actor: { subject: 'a' } } })
    expect([actor, actor?.actor, actor?.actor?.actor].every(Object.isFrozen)).toBe(true)
  })

  it('is read by no other kind of issuer', async () => {
    for (const shape of [shapes.cognito, shapes.firebase, shapes.oidc])
      expect(await authenticate(identity, mint(shape, { act: { sub: 'portal' } }))).toMatchObject({ actor: undefined })
  })
})

describe('a token that claims to be of our own issuer', () => {
  it.each([
    [
      'Cognito’s key under its own name',
      keys.cognito,
      { alg: 'RS256', kid: keys.cognito.kid },
      'header_alg_unexpected',
    ],
    ['Cognito’s key as ES256', keys.cognito, { kid: keys.cognito.kid }, 'key_unknown'],
    ['Cognito’s key under our name', keys.cognito, {}, 'signature_invalid'],
    ['another issuer’s EC key under its own name', keys.oidc, { kid: keys.oidc.kid }, 'key_unknown'],
    ['another issuer’s EC key under our name', keys.oidc, {}, 'signature_invalid'],
  ])('is refused when signed by %s', async (_what, key, header, reason) => {
    expect(await forgedBy(key, header)).toBe(`UNAUTHENTICATED ${reason}`)
    expect(await forgedBy(keys.fieldnotes, {})).toBe('accepted')
  })
})

describe('every other issuer', () => {
  it('derives the id, also when `sub` has the form of a person’s id', async () => {
    for (const [shape, { issuer }] of [
      [shapes.cognito, cognitoRow],
      [shapes.firebase, firebaseRow],
      [shapes.oidc, oidcRow],
    ] as const) {
      const token = mint(shape, { sub: alice, user_id: undefined })
      expect(await authenticate(identity, token)).toMatchObject({ id: personId(issuer, alice) })
    }
  })

  it('has clients of third parties only where its row accepts clients that it does not list', async () => {
    const listed = identityWith({ issuers: [cognitoRow, firebaseRow, { ...oidcRow, clientIds: ['app-1'] }] })
    for (const shape of [shapes.cognito, shapes.firebase, shapes.oidc])
      expect(await authenticate(listed, mint(shape))).toMatchObject({ thirdParty: false })
    expect(await authenticate(identity, mint(shapes.oidc))).toMatchObject({ thirdParty: true })
  })

  it('names a sign-in only by the claim that its provider documents', async () => {
    const logins = { origin_jti: 'o', login_id: 'l', sid: 's' }
    expect(await authenticate(identity, mint(shapes.cognito, logins))).toMatchObject({ loginId: 'o' })
    expect(await authenticate(identity, mint(shapes.oidc, logins))).toMatchObject({ loginId: undefined })
    const older = { ...logins, origin_jti: undefined }
    expect(await authenticate(identity, mint(shapes.cognito, older))).toMatchObject({ loginId: undefined })
  })

  it('derives that of Firebase, which names none, from person and instant: each token of one sign-in has it', async () => {
    const loginOf = async (claims: Readonly<Record<string, unknown>>) => {
      const principal = await authenticate(identity, mint(shapes.firebase, claims))
      return principal.kind === 'user' ? principal.loginId : undefined
    }
    const first = await loginOf({ login_id: 'l', sid: 's' })
    expect(first).toMatch(/^[\w-]{27}$/)
    expect(await loginOf({ jti: 'another' })).toBe(first)
    expect(await loginOf({ auth_time: 1_700_000_000 })).not.toBe(first)
    expect(await loginOf({ sub: 'another', user_id: undefined })).not.toBe(first)
  })
})
