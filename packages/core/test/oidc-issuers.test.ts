import { describe, expect, it } from 'vitest'
import { type DeploymentKind, parseOidcIssuers } from '../src/oidc-issuers.ts'

const auth0 = {
  name: 'auth0',
  issuer: 'https://example.eu.auth0.com/',
  jwksUri: 'https://example.eu.auth0.com/.well-known/jwks.json',
  audience: 'https://api.example.com/graphql',
  clientIds: ['web'],
}

const keycloak = {
  name: 'keycloak',
  issuer: 'http://localhost:8080/realms/notes',
  jwksUri: 'http://localhost:8080/realms/notes/protocol/openid-connect/certs',
  audience: 'https://api.example.com/graphql',
  clientIds: null,
}

function faultsOf(list: unknown, deployment: DeploymentKind = 'deployed'): readonly string[] {
  return parseOidcIssuers(typeof list === 'string' ? list : JSON.stringify(list), deployment).faults
}

function without(name: keyof typeof auth0) {
  return Object.fromEntries(Object.entries(auth0).filter(([member]) => member !== name))
}

describe('parseOidcIssuers', () => {
  it('adds what a row leaves out: RS256 and the scopes by their own names', () => {
    const { issuers, faults } = parseOidcIssuers(JSON.stringify([auth0]), 'deployed')
    expect(faults).toEqual([])
    expect(issuers).toEqual([
      { ...auth0, algorithms: ['RS256'], scopes: expect.objectContaining({ 'notes:audit': ['notes:audit'] }) },
    ])
  })

  it('keeps every member that a row has', () => {
    const whole = {
      ...auth0,
      serviceClientIds: ['robot'],
      algorithms: ['ES256'],
      scopes: { 'read:notes': ['notes:read'] },
      issuerAudiences: ['https://example.eu.auth0.com/userinfo'],
      lifetimeSecondsMax: 7200,
      claims: { clientId: 'azp', groups: 'https://example.com/groups' },
    }
    expect(parseOidcIssuers(JSON.stringify([whole]), 'deployed')).toEqual({ issuers: [whole], faults: [] })
  })

  it.each(['', '  ', '[]'])('reads %j as no issuer', (text) => {
    expect(parseOidcIssuers(text, 'deployed')).toEqual({ issuers: [], faults: [] })
  })

  it('accepts an issuer on this machine for a laptop only', () => {
    expect(faultsOf([keycloak], 'laptop')).toEqual([])
    expect(faultsOf([keycloak])).toEqual([
      'FIELDNOTES_ISSUERS[0].issuer is not https',
      'FIELDNOTES_ISSUERS[0].issuer is not at a public name',
      'FIELDNOTES_ISSUERS[0].jwksUri is not https',
      'FIELDNOTES_ISSUERS[0].jwksUri is not at a public name',
    ])
  })

  it.each(['{', 'null', '{}', '"auth0"', 'https://example.eu.auth0.com/', JSON.stringify(Array(11).fill(auth0))])(
    'refuses a text that is no list: %.40s',
    (text) => {
      expect(faultsOf(text)).toEqual(['FIELDNOTES_ISSUERS is not a JSON list of at most ten issuers'])
    },
  )

  it.each(['name', 'issuer', 'jwksUri', 'audience', 'clientIds'] as const)('refuses a row without %s', (name) => {
    expect(faultsOf([without(name)])).toEqual([
      expect.stringMatching(`^FIELDNOTES_ISSUERS\\[0\\].${name} is missing: `),
    ])
  })

  const wrong: readonly [member: string, value: unknown][] = [
    ['name', 'Auth0'],
    ['name', 'cognito'],
    ['name', 'fieldnotes'],
    ['issuer', 'example.eu.auth0.com'],
    ['issuer', 'file:///etc/issuer'],
    ['jwksUri', ''],
    ['audience', ''],
    ['audience', null],
    ['audience', ['https://api.example.com/graphql']],
    ['audience', 'two words'],
    ['clientIds', []],
    ['clientIds', 'web'],
    ['clientIds', ['']],
    ['serviceClientIds', null],
    ['algorithms', []],
    ['algorithms', ['HS256']],
    ['algorithms', ['none']],
    ['scopes', { read: 'notes:read' }],
    ['scopes', { read: ['notes:reed'] }],
    ['scopes', [['read', 'notes:read']]],
    ['issuerAudiences', 'https://example.eu.auth0.com/userinfo'],
    ['lifetimeSecondsMax', 0],
    ['lifetimeSecondsMax', 86_401],
    ['lifetimeSecondsMax', '3600'],
    ['claims', { clientId: 'sub' }],
    ['claims', { groups: '' }],
    ['claims', { scope: 'scp' }],
    ['claims', null],
  ]

  it.each(wrong)('refuses %s = %j, and does not quote it', (member, value) => {
    const [fault, ...others] = faultsOf([{ ...auth0, [member]: value }], 'laptop')
    expect(others).toEqual([])
    expect(fault).toMatch(`FIELDNOTES_ISSUERS[0].${member} is not `)
    expect(fault).not.toMatch(/example\.eu|reed|two words|\/etc/)
  })

  it('refuses a misspelt member, which would leave a check out', () => {
    expect(faultsOf([{ ...auth0, clientIDs: ['web'] }])).toEqual([
      expect.stringMatching(/^FIELDNOTES_ISSUERS\[0\]\.clientIDs is not one of name, issuer, /),
    ])
  })

  it.each([
    ['a user', 'https://user:password@example.eu.auth0.com/'],
    ['a fragment', 'https://example.eu.auth0.com/#x'],
    ['an address', 'https://192.0.2.1/'],
    ['a private name', 'https://auth.internal/'],
    ['a name kept for emulators', 'https://auth.localhost/'],
  ])('refuses an issuer with %s in a deployed stage', (_, issuer) => {
    expect(faultsOf([{ ...auth0, issuer }])).toHaveLength(1)
    expect(faultsOf([{ ...auth0, issuer }], 'laptop')).toEqual([])
  })

  it('refuses two rows of one name or one issuer', () => {
    expect(faultsOf([auth0, { ...auth0, issuer: 'https://other.example.com/' }])).toEqual([
      'FIELDNOTES_ISSUERS: two issuers have one name',
    ])
    expect(faultsOf([auth0, { ...auth0, name: 'other' }])).toEqual(['FIELDNOTES_ISSUERS: two issuers have one issuer'])
  })

  it('refuses a client that is listed for people and for services', () => {
    expect(faultsOf([{ ...auth0, serviceClientIds: ['web'] }])).toEqual([
      'FIELDNOTES_ISSUERS[0].serviceClientIds has a client that is in clientIds, too',
    ])
  })

  it('lists everything that is wrong at once, and trusts none of the rows', () => {
    const { issuers, faults } = parseOidcIssuers(JSON.stringify([auth0, null, {}]), 'deployed')
    expect(issuers).toEqual([])
    expect(faults).toHaveLength(6)
    expect(faults[0]).toBe('FIELDNOTES_ISSUERS[1] is not an object')
  })
})
