/** Access tokens as Auth0 and Keycloak write them, judged by the rows that docs/add-an-issuer.md gives. */
import { describe, expect, it } from 'vitest'
import type { OidcIssuer } from '../../src/issuers/issuer.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { keys } from '../kit/keys.ts'
import { type Members, mint, type Shape } from '../kit/mint.ts'
import { now } from '../kit/rows.ts'

const audience = 'https://api.example.com/graphql'
const scopes = { 'notes:read': ['notes:read'] }
const life = { iat: now - 10, exp: now + 300 }

const auth0: OidcIssuer = {
  kind: 'oidc',
  name: 'auth0',
  issuer: 'https://example.eu.auth0.com/',
  jwksUri: 'https://example.eu.auth0.com/.well-known/jwks.json',
  audience,
  algorithms: ['RS256'],
  scopes,
  clientIds: ['web'],
  serviceClientIds: ['robot'],
  issuerAudiences: ['https://example.eu.auth0.com/userinfo'],
  claims: { groups: 'https://example.com/groups' },
}

const keycloak: OidcIssuer = {
  kind: 'oidc',
  name: 'keycloak',
  issuer: 'https://login.example.com/realms/notes',
  jwksUri: 'https://login.example.com/realms/notes/protocol/openid-connect/certs',
  audience,
  algorithms: ['RS256'],
  scopes,
  clientIds: ['web'],
  serviceClientIds: ['robot'],
  claims: { clientId: 'azp' },
}

const header = { alg: 'RS256', kid: keys.cognito.kid, typ: 'at+jwt' }

const auth0Token: Shape = {
  issuer: 'auth0',
  key: keys.cognito,
  header,
  claims: {
    ...life,
    iss: auth0.issuer,
    sub: 'auth0|123456',
    aud: [audience, 'https://example.eu.auth0.com/userinfo'],
    client_id: 'web',
    jti: '73WakrfVbNJBaAmhQtEeDv',
    scope: 'openid profile notes:read',
    'https://example.com/groups': ['staff'],
  },
}

const keycloakToken: Shape = {
  issuer: 'keycloak',
  key: keys.cognito,
  header,
  claims: {
    ...life,
    iss: keycloak.issuer,
    sub: '36fa0f91-f94d-4a0c-afed-6b7d952e47da',
    aud: audience,
    typ: 'Bearer',
    azp: 'web',
    jti: 'onrtac:d58f5dc8-fd8f-462b-8a19-716f8f83985b',
    sid: '2a88c258-f73a-4103-b862-e1fbd8f4e04e',
    acr: '1',
    'allowed-origins': ['https://notes.example.com'],
    scope: 'openid email profile notes:read',
    groups: ['staff'],
    email_verified: true,
    name: 'Alice Example',
    preferred_username: 'alice',
    email: 'alice@example.com',
  },
}

function judge(row: OidcIssuer, shape: Shape, claims: Members = {}, changes: Members = {}) {
  const fetchKeys: typeof fetch = async () => Response.json({ keys: [keys.cognito.jwk] })
  const identity = identityWith({ issuers: [row], fetch: fetchKeys })
  return authenticate(identity, mint(shape, claims, changes))
}

interface Dialect {
  readonly row: OidcIssuer
  readonly token: Shape
}

const dialects: readonly (readonly [string, Dialect])[] = [
  ['Auth0', { row: auth0, token: auth0Token }],
  ['Keycloak', { row: keycloak, token: keycloakToken }],
]

/** The claim in which a dialect names the client. */
function clientOf({ row }: Dialect): string {
  return row.claims?.clientId ?? 'client_id'
}

describe.each(dialects)('a token of %s', (_, dialect) => {
  const { row, token } = dialect

  it('is of a person, with the client, scopes and groups that its row names', async () => {
    const principal = await judge(row, token)
    expect(principal).toMatchObject({ kind: 'user', issuer: row.name, clientId: 'web' })
    expect(principal).toHaveProperty('scopes', new Set(['notes:read']))
    expect(principal).toHaveProperty('groups', new Set([`${row.name}:staff`]))
  })

  it('is of a service when its client acts for itself only', async () => {
    const claims = { [clientOf(dialect)]: 'robot', sub: 'robot@clients' }
    expect(await judge(row, token, claims)).toMatchObject({ kind: 'service', clientId: 'robot' })
  })

  const refused: readonly [what: string, claims: Members, reason: string][] = [
    ['for another API', { aud: 'https://other.example.com' }, 'audience_wrong'],
    ['for us and another API', { aud: [audience, 'https://other.example.com'] }, 'audience_wrong'],
    ['for us twice', { aud: [audience, audience] }, 'audience_wrong'],
    ['for the issuer alone', { aud: ['https://example.eu.auth0.com/userinfo'] }, 'audience_wrong'],
    ['for no API', { aud: undefined }, 'audience_wrong'],
    ['of an unknown client', { [clientOf(dialect)]: 'stranger' }, 'client_unknown'],
    ['without a client', { [clientOf(dialect)]: undefined }, 'client_unknown'],
    ['without an id', { jti: undefined }, 'token_id_invalid'],
    ['with groups that are no list', { [row.claims?.groups ?? 'groups']: 'staff' }, 'groups_invalid'],
    ['that lives a day', { exp: now + 86_300 }, 'lifetime_too_long'],
  ]

  it.each(refused)('is refused %s', async (_what, claims, reason) => {
    expect(await outcomeOf(judge(row, token, claims))).toBe(`UNAUTHENTICATED ${reason}`)
  })

  it('is refused as an ID token, and as the type that is the issuer’s default', async () => {
    for (const typ of ['JWT', undefined])
      expect(await outcomeOf(judge(row, token, {}, { typ }))).toBe('UNAUTHENTICATED header_typ_unexpected')
  })
})

describe('a row', () => {
  it('without clientIds accepts every client of the issuer', async () => {
    for (const clientIds of [undefined, null]) {
      const { clientIds: _none, ...open } = auth0
      const row = clientIds === undefined ? open : { ...open, clientIds }
      expect(await judge(row, auth0Token, { client_id: 'stranger' })).toMatchObject({ clientId: 'stranger' })
    }
  })

  it('vouches for the clients that it lists: with `null`, all others are third parties', async () => {
    const { serviceClientIds: _none, ...unlisted } = auth0
    const robot = { client_id: 'robot', sub: 'robot@clients' }
    const partyOf = async (row: OidcIssuer, claims: Members = {}) => {
      const principal = await judge(row, auth0Token, claims)
      return principal.kind === 'anonymous' ? principal.kind : principal.thirdParty
    }
    const open = { ...auth0, clientIds: null }
    expect([await partyOf(auth0), await partyOf(auth0, robot)]).toEqual([false, false])
    expect([await partyOf(open), await partyOf(open, robot)]).toEqual([true, false])
    expect(await partyOf(open, { client_id: 'stranger' })).toBe(true)
    expect(await partyOf(open, { client_id: 'stranger', sub: 'stranger' })).toBe(true)
    expect(await partyOf({ ...unlisted, clientIds: null }, robot)).toBe(true)
  })

  it('that reads `azp` finds third parties by it', async () => {
    const open = { ...keycloak, clientIds: null }
    expect(await judge(open, keycloakToken)).toMatchObject({ clientId: 'web', thirdParty: true })
    expect(await judge(keycloak, keycloakToken)).toMatchObject({ clientId: 'web', thirdParty: false })
  })

  it('without issuerAudiences accepts no audience beside its own', async () => {
    const { issuerAudiences: _none, ...strict } = auth0
    expect(await outcomeOf(judge(strict, auth0Token))).toBe('UNAUTHENTICATED audience_wrong')
    expect(await judge(strict, auth0Token, { aud: [audience] })).toMatchObject({ kind: 'user' })
  })

  it('that reads `azp` refuses another client in `client_id`, and accepts the same client', async () => {
    const outcome = await outcomeOf(judge(keycloak, keycloakToken, { client_id: 'robot' }))
    expect(outcome).toBe('UNAUTHENTICATED identity_contradictory')
    expect(await judge(keycloak, keycloakToken, { client_id: 'web' })).toMatchObject({ clientId: 'web' })
  })

  it('that reads `client_id` takes no `azp` in its place', async () => {
    const claims = { client_id: undefined, azp: 'web' }
    expect(await outcomeOf(judge(auth0, auth0Token, claims))).toBe('UNAUTHENTICATED client_unknown')
  })

  const faulty: readonly [member: string, value: unknown, words: string][] = [
    ['clientIds', [], 'clientIds is not a list of clients'],
    ['clientIds', 'web', 'clientIds is not a list of clients'],
    ['serviceClientIds', 'robot', 'serviceClientIds is not a list of clients'],
    ['issuerAudiences', [''], 'issuerAudiences is not a list of audiences'],
    ['claims', { clientId: 'sub' }, 'claims is not {'],
    ['claims', { groups: '' }, 'claims is not {'],
  ]

  it.each(faulty)('does not start with %s = %j', (member, value, words) => {
    expect(() => identityWith({ issuers: [{ ...auth0, [member]: value }] })).toThrow(`auth0: ${words}`)
  })
})
