import { describe, expect, it } from 'vitest'
import { createIdentity } from '../../src/identity.ts'
import type { CognitoIssuer, FirebaseIssuer, Issuer, OidcIssuer } from '../../src/issuers/issuer.ts'
import type { Settings } from '../../src/settings.ts'
import { identityWith, settings } from '../kit/identities.ts'
import { cognitoRow, firebaseRow, oidcRow } from '../kit/rows.ts'

function cognito(changes: Partial<Record<keyof CognitoIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...cognitoRow, ...changes } as Issuer],
  }
}
function firebase(changes: Partial<Record<keyof FirebaseIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...firebaseRow, ...changes } as Issuer],
  }
}
function oidc(changes: Partial<Record<keyof OidcIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...oidcRow, ...changes } as Issuer],
  }
}
function wrong(changes: Readonly<Record<string, unknown>>) {
  return changes as Partial<Settings>
}

type Fault = readonly [what: string, message: string, changes: Partial<Settings>]

/** Wrong anywhere. */
const faults: readonly Fault[] = [
  ['no issuers', 'issuers: no row', { issuers: [] }],
  [
    'two rows of one name',
    'two rows are named own',
    { issuers: [oidcRow, { ...oidcRow, issuer: 'https://b.fieldnotes.dev' }] },
  ],
  ['two rows of one issuer', 'two rows believe https://auth', { issuers: [oidcRow, { ...oidcRow, name: 'b' }] }],
  [
    'an alias that is another row',
    'two rows believe',
    { issuers: [cognitoRow, { ...cognitoRow, name: 'b', issuer: String(cognitoRow.issuerAlias) }] },
  ],
  ['no word about loopback issuers', 'loopbackIssuers: say', wrong({ loopbackIssuers: undefined })],
  ['a wrong word about loopback issuers', 'loopbackIssuers: say', wrong({ loopbackIssuers: 'TRUST' })],
  ['no resource', 'resource: not an absolute URL', wrong({ resource: undefined })],
  ['a relative resource', 'resource: not an absolute URL', { resource: '/graphql' }],
  ['a resource with a fragment', 'resource: not an absolute URL', { resource: 'https://api.fieldnotes.dev/#x' }],
  ['an unknown bound', 'bounds.tokenBytes: no such bound', wrong({ bounds: { tokenBytes: 1 } })],
  ['a bound that is no number', 'bounds.groupsMax: not a number', wrong({ bounds: { groupsMax: '5' } })],
  ['an infinite bound', 'bounds.groupsMax: not a number', { bounds: { groupsMax: Number.POSITIVE_INFINITY } }],
  ['a negative bound', 'bounds.groupsMax: not a number', { bounds: { groupsMax: -1 } }],
  ['an unknown kind', 'kind is not one of cognito, firebase, oidc', oidc({ kind: 'saml' })],
  ['a kind named like a method', 'kind is not one of', oidc({ kind: 'constructor' })],
  ['a name with a colon', 'name is not short', oidc({ name: 'a:b' })],
  ['a name in upper case', 'name is not short', oidc({ name: 'Own' })],
  ['an empty name', 'name is not short', oidc({ name: '' })],
  ['a name of 33 characters', 'name is not short', oidc({ name: 'x'.repeat(33) })],
  ['no issuer', 'issuer is not a URL', oidc({ issuer: undefined })],
  ['an issuer in a list', 'issuer is not a URL', oidc({ issuer: [oidcRow.issuer] })],
  ['an issuer that is no URL', 'issuer is not a URL', oidc({ issuer: 'auth' })],
  ['an alias that is no URL', 'issuer is not a URL', cognito({ issuerAlias: '' })],
  ['no key set', 'jwksUri is not a URL', oidc({ jwksUri: undefined })],
  ['a life of nothing', 'lifetimeSecondsMax is not between', oidc({ lifetimeSecondsMax: 0 })],
  ['a life of more than a day', 'lifetimeSecondsMax is not between', oidc({ lifetimeSecondsMax: 86_401 })],
  ['a life without end', 'lifetimeSecondsMax is not between', oidc({ lifetimeSecondsMax: Number.NaN })],
  ['no table of scopes', 'scopes is not a table of lists', oidc({ scopes: undefined })],
  ['null for a table of scopes', 'scopes is not a table of lists', oidc({ scopes: null })],
  ['a table of texts', 'scopes is not a table of lists', oidc({ scopes: { a: 'notes:read' } })],
  ['a table with an empty scope', 'scopes is not a table of lists', oidc({ scopes: { a: [''] } })],
  ['no clients', 'clientIds is empty', cognito({ clientIds: [] })],
  ['clients not said', 'clientIds is empty', cognito({ clientIds: undefined })],
  ['an empty client', 'clientIds is empty', cognito({ clientIds: ['web', ''] })],
  ['clients as text', 'clientIds is empty', cognito({ clientIds: 'web' })],
  ['no project', 'projectId is empty', firebase({ projectId: '' })],
  ['project not said', 'projectId is empty', firebase({ projectId: undefined })],
  ['tenant not said', 'tenant is not said', firebase({ tenant: undefined })],
  ['an empty tenant', 'tenant is not said', firebase({ tenant: '' })],
  ['default scopes not said', 'defaultScopes is not a list', firebase({ defaultScopes: undefined })],
  ['default scopes as text', 'defaultScopes is not a list', firebase({ defaultScopes: 'notes:read' })],
  ['no audience', 'audience is empty', oidc({ audience: '' })],
  ['audience not said', 'audience is empty', oidc({ audience: undefined })],
  ['audience null', 'audience is empty', oidc({ audience: null })],
  ['no algorithms', 'algorithms is not a list', oidc({ algorithms: [] })],
  ['algorithms not said', 'algorithms is not a list', oidc({ algorithms: undefined })],
  ['HS256', 'algorithms is not a list of RS256 and ES256', oidc({ algorithms: ['RS256', 'HS256'] })],
  ['none', 'algorithms is not a list of RS256 and ES256', oidc({ algorithms: ['none'] })],
]

function at(host: string) {
  return oidc({ issuer: `https://${host}`, jwksUri: `https://${host}/jwks` })
}
const pool = 'https://cognito-idp.eu-west-1.amazonaws.com'

/** Wrong wherever it is deployed, right in the local cloud. */
const local: readonly Fault[] = [
  [
    'the emulator of Firebase',
    'FIREBASE_AUTH_EMULATOR_HOST points at an emulator',
    { environment: { FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' } },
  ],
  [
    'the hub of the emulators',
    'FIREBASE_EMULATOR_HUB points at an emulator',
    { environment: { FIREBASE_EMULATOR_HUB: 'localhost:4400' } },
  ],
  [
    'any other emulator',
    'FIRESTORE_EMULATOR_HOST points at an emulator',
    { environment: { FIRESTORE_EMULATOR_HOST: 'x' } },
  ],
  [
    'switched-off certificates',
    'NODE_TLS_REJECT_UNAUTHORIZED switches',
    { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  ],
  [
    'certificates, switched off in words',
    'NODE_TLS_REJECT_UNAUTHORIZED switches',
    { environment: { NODE_TLS_REJECT_UNAUTHORIZED: 'false' } },
  ],
  ['a resource in http', 'resource is not https', { resource: 'http://api.fieldnotes.dev/graphql' }],
  ['a resource on this machine', 'resource is not at a public name', { resource: 'https://localhost/graphql' }],
  ['an issuer in http', 'issuer is not https', oidc({ issuer: 'http://auth.fieldnotes.dev' })],
  ['a key set in http', 'jwksUri is not https', oidc({ jwksUri: 'http://auth.fieldnotes.dev/jwks' })],
  ['a key set in a file', 'jwksUri is not https', oidc({ jwksUri: 'file:///tmp/jwks' })],
  ['a key set in the URL itself', 'jwksUri is not https', oidc({ jwksUri: 'data:application/json,{}' })],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'auth.localhost',
    'auth',
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '8.8.8.8',
    '[fd00::1]',
    'auth.fieldnotes.dev.',
    'auth.local',
    'auth.internal',
    'metadata.google.internal',
    'auth.test',
    'auth.example',
    'auth.invalid',
    'auth.lan',
    'auth.home.arpa',
    'auth.corp',
  ].map((host): Fault => [`an issuer at ${host}`, 'own: issuer is not at a public name', at(host)]),
  [
    'a key set at a private address',
    'jwksUri is not at a public name',
    oidc({ jwksUri: 'https://169.254.169.254/latest' }),
  ],
  [
    'a pool at the end of another address',
    'not a user pool at Amazon',
    cognito({ issuer: `https://auth.fieldnotes.dev/?${pool}/eu-west-1_AbC` }),
  ],
  ['a user in the URL', 'has a user or a fragment', oidc({ jwksUri: 'https://user@auth.fieldnotes.dev/jwks' })],
  ['a password in the URL', 'has a user or a fragment', oidc({ jwksUri: 'https://:secret@auth.fieldnotes.dev/jwks' })],
  ['a fragment in the URL', 'has a user or a fragment', oidc({ jwksUri: 'https://auth.fieldnotes.dev/jwks#x' })],
  ['a pool of cognito-local', 'not a user pool at Amazon', cognito({ issuer: `${pool}/local_AbCdEfGhI` })],
  ['a pool of another region', 'not a user pool at Amazon', cognito({ issuer: `${pool}/us-east-1_AbCdEfGhI` })],
  [
    'a pool elsewhere',
    'not a user pool at Amazon',
    cognito({ issuer: 'https://cognito.fieldnotes.dev/eu-west-1_AbCdEfGhI' }),
  ],
  [
    'a pool at a name that only begins so',
    'not a user pool at Amazon',
    cognito({ issuer: `${pool}.fieldnotes.dev/eu-west-1_AbCdEfGhI` }),
  ],
  ['a pool with more behind it', 'not a user pool at Amazon', cognito({ issuer: `${pool}/eu-west-1_AbC@x` })],
  [
    'an alias elsewhere',
    'not a user pool at Amazon',
    cognito({ issuerAlias: 'https://cognito.fieldnotes.dev/eu-west-1_A' }),
  ],
  [
    'a pool whose keys are elsewhere',
    'not a user pool at Amazon',
    cognito({ jwksUri: 'https://keys.fieldnotes.dev/jwks' }),
  ],
  [
    'a pool with the keys of cognito-local',
    'not a user pool at Amazon',
    cognito({ jwksUri: `${pool}/local_AbCdEfGhI/.well-known/jwks.json` }),
  ],
  ['a project with another issuer', 'issuer is not https://securetoken.google.com/', firebase({ projectId: 'other' })],
  [
    'a project with a slash behind',
    'issuer is not https://securetoken.google.com/',
    firebase({ issuer: `${firebaseRow.issuer}/` }),
  ],
  [
    'a project whose keys are elsewhere',
    'firebase: jwksUri is not https://www.googleapis.com/',
    firebase({ jwksUri: 'https://keys.fieldnotes.dev/jwks' }),
  ],
]

describe('createIdentity', () => {
  it.each(faults)('does not start with %s', (_what, message, changes) => {
    expect(() => identityWith(changes)).toThrow(message)
    expect(() =>
      identityWith({ ...changes, ...('loopbackIssuers' in changes ? {} : { loopbackIssuers: 'trust' }) }),
    ).toThrow(message)
  })

  it.each(local)('does not start where deployed with %s', (_what, message, changes) => {
    expect(() => identityWith(changes)).toThrow(message)
    expect(() => identityWith({ ...changes, loopbackIssuers: 'trust' })).not.toThrow()
  })

  it('treats settings as deployed unless they say trust', () => {
    expect(() => identityWith(wrong({ ...at('localhost'), loopbackIssuers: 'Trust' }))).toThrow('public name')
  })

  it('names every fault at once, and no value of the environment', () => {
    const start = () =>
      identityWith({
        issuers: [
          { ...cognitoRow, clientIds: [] },
          { ...firebaseRow, projectId: '' },
        ],
        environment: { FIREBASE_AUTH_EMULATOR_HOST: 'secret-host', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      })
    expect(start).toThrow(/clientIds.*\n.*projectId.*\n.*FIREBASE_AUTH_EMULATOR_HOST.*\n.*NODE_TLS/)
    expect(start).not.toThrow('secret-host')
  })

  const harmless: readonly (readonly [string, Partial<Settings>])[] = [
    ['unset variables', { environment: { FIREBASE_AUTH_EMULATOR_HOST: '', NODE_TLS_REJECT_UNAUTHORIZED: '1' } }],
    ['empty variables', { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '' } }],
    ['a name that only begins as a private one', at('local.test.fieldnotes.dev')],
    ['both algorithms', oidc({ algorithms: ['RS256', 'ES256'] })],
    ['other variables', { environment: { EMULATOR: 'x', FIREBASE_AUTH_EMULATOR_HOST_NAME: 'x', PATH: '/bin' } }],
    [
      'a pool of another partition',
      cognito({ issuer: 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC', issuerAlias: undefined }),
    ],
    ['a pool without alias', { issuers: [(({ issuerAlias: _, ...row }) => row)(cognitoRow)] }],
    [
      'several pools',
      {
        issuers: [
          cognitoRow,
          { ...cognitoRow, name: 'b', issuer: `${pool}/eu-west-1_B`, issuerAlias: `${pool}/eu-west-1_C` },
        ],
      },
    ],
    ['a name of 32 characters', oidc({ name: `x${'0'.repeat(31)}` })],
    ['a life of a day', oidc({ lifetimeSecondsMax: 86_400 })],
    ['a life of a second', oidc({ lifetimeSecondsMax: 1 })],
    ['no scopes at all', oidc({ scopes: {} })],
    ['a bound of nothing', { bounds: { aheadSecondsMax: 0 } }],
    ['a tenant', firebase({ tenant: 'acme' })],
    ['a resource with a query', { resource: 'https://api.fieldnotes.dev/graphql?v=1' }],
  ]
  it.each(harmless)('starts with %s', (_what, changes) => {
    expect(() => identityWith(changes)).not.toThrow()
  })

  it('does no I/O and reads only the environment that is passed', () => {
    expect(() => createIdentity({ ...settings, fetch: () => Promise.reject(new Error('fetched')) })).not.toThrow()
  })
})
