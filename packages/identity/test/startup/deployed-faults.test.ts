import { describe, expect, it } from 'vitest'
import { at, cognito, fieldnotes, firebase, oidc, pool, type WrongSettings, wrong } from '../kit/changed-settings.ts'
import { identityWith } from '../kit/identities.ts'
import { firebaseRow } from '../kit/rows.ts'

/** Wrong wherever it is deployed, right in the local cloud. */
const local: readonly WrongSettings[] = [
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
  ].map((host): WrongSettings => [`an issuer at ${host}`, 'own: issuer is not at a public name', at(host)]),
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
  [
    'our own issuer on the laptop',
    'fieldnotes: issuer is not at a public name',
    fieldnotes({ issuer: 'https://127.0.0.1/oauth' }),
  ],
  [
    'our own issuer in plain HTTP',
    'fieldnotes: jwksUri is not',
    fieldnotes({ jwksUri: 'http://api.fieldnotes.dev/oauth/jwks' }),
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
  it.each(local)('does not start where deployed with %s', (_what, message, changes) => {
    expect(() => identityWith(changes)).toThrow(message)
    expect(() => identityWith({ ...changes, loopbackIssuers: 'trust' })).not.toThrow()
  })

  it('treats settings as deployed unless they say trust', () => {
    expect(() => identityWith(wrong({ ...at('localhost'), loopbackIssuers: 'Trust' }))).toThrow('public name')
  })
})
