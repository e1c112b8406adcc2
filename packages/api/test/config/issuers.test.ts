import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/parse-config.ts'
import { environment, links, messageOf, withAccount, withNotes } from '../support/links.ts'

describe('the issuers of a stage', () => {
  it('believes the pool and the project, each by its own row', () => {
    const [cognito, firebase, ...others] = parseConfig(links, environment).issuers
    expect(others).toEqual([])
    expect(cognito).toMatchObject({
      kind: 'cognito',
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123',
      jwksUri: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123/.well-known/jwks.json',
      clientIds: ['web', 'console'],
      scopes: { 'notes/read': ['notes:read'], 'notes/audit': ['notes:audit'] },
    })
    expect(firebase).toMatchObject({
      kind: 'firebase',
      issuer: 'https://securetoken.google.com/fieldnotes-1234',
      projectId: 'fieldnotes-1234',
      tenant: null,
      onlineCheck: true,
      defaultScopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
    })
  })

  it('trusts no Firebase project unless one is configured, and checks no account without a service account', () => {
    const none = parseConfig(
      { ...withNotes({ firebaseProject: '' }), FirebaseServiceAccount: { value: '' } },
      environment,
    )
    expect(none.issuers.map(({ kind }) => kind)).toEqual(['cognito'])
    const offline = parseConfig(withAccount(''), environment)
    expect(offline.issuers[1]).not.toHaveProperty('onlineCheck')
    expect(offline).not.toHaveProperty('firebaseServiceAccount')
  })

  const auth0 = {
    name: 'auth0',
    issuer: 'https://example.eu.auth0.com/',
    jwksUri: 'https://example.eu.auth0.com/.well-known/jwks.json',
    audience: 'https://api.example.com/graphql',
    clientIds: ['web'],
  }

  it('trusts the issuers of the settings, each by a row of the OpenID Connect kind', () => {
    const { issuers } = parseConfig(withNotes({ issuers: JSON.stringify([auth0]) }), environment)
    expect(issuers.map(({ name }) => name)).toEqual(['cognito', 'firebase', 'auth0'])
    expect(issuers[2]).toMatchObject({ kind: 'oidc', ...auth0, algorithms: ['RS256'] })
  })

  it.each([
    ['none', '[]'],
    ['none, of a stage that was deployed before the setting', undefined],
  ])('trusts no other issuer with %s', (_, issuers) => {
    expect(parseConfig(withNotes({ issuers }), environment).issuers).toHaveLength(2)
  })

  it.each([
    ['that is no JSON', '[', 'not a JSON list'],
    ['that is an object', auth0, 'not a JSON list'],
    [
      'with an issuer at this machine',
      JSON.stringify([{ ...auth0, issuer: 'http://localhost/' }]),
      'issuer is not https',
    ],
    ['with an issuer for any audience', JSON.stringify([{ ...auth0, audience: null }]), 'audience is not'],
  ])('refuses a list of issuers %s', (_, issuers, words) => {
    expect(messageOf(withNotes({ issuers }))).toContain(words)
    expect(messageOf(withNotes({ issuers }))).toContain('Notes.issuers: FIELDNOTES_ISSUERS')
  })

  const own = 'https://auth.fieldnotes.dev/oauth'

  it('trusts its own issuer, once it has one, with sessions of Firebase people and the command line as first parties', () => {
    const { issuers } = parseConfig(withNotes({ fieldnotesIssuer: own }), environment)
    expect(issuers.map(({ name }) => name)).toEqual(['cognito', 'firebase', 'fieldnotes'])
    expect(issuers[2]).toMatchObject({
      kind: 'fieldnotes',
      issuer: own,
      jwksUri: `${own}/jwks`,
      firstPartyClientIds: ['firebase-session', 'terminal'],
      scopes: { 'notes:read': ['notes:read'] },
    })
  })

  it.each([undefined, ''])('has no issuer of its own with %j', (fieldnotesIssuer) => {
    expect(parseConfig(withNotes({ fieldnotesIssuer }), environment).issuers).toHaveLength(2)
  })

  it.each([
    ['http://auth.fieldnotes.dev/oauth', 'is not https'],
    ['https://127.0.0.1/oauth', 'is not at a public name'],
    ['http://localhost:4000/oauth', 'is not at a public name'],
    ['https://user@auth.fieldnotes.dev/oauth', 'has a user or a fragment'],
    [`${own}/`, 'is not usable'],
    [`${own}?x`, 'is not usable'],
    [`${own}#x`, 'is not usable'],
    ['auth.fieldnotes.dev', 'is not usable'],
    ['https://', 'is not usable'],
    [null, 'is not usable'],
    [[own], 'is not usable'],
  ])('refuses %j as its own issuer', (fieldnotesIssuer, words) => {
    expect(messageOf(withNotes({ fieldnotesIssuer }))).toContain(`Notes.fieldnotesIssuer ${words}`)
  })

  it('refuses an issuer of the settings under the name of its own', () => {
    const issuers = JSON.stringify([{ ...auth0, name: 'fieldnotes' }])
    expect(messageOf(withNotes({ issuers }))).toContain('none of cognito, firebase, fieldnotes')
  })
})
