import { describe, expect, it } from 'vitest'
import { createIdentity } from '../../src/identity.ts'
import type { Settings } from '../../src/settings.ts'
import {
  at,
  cognito,
  expectRefusedAnywhere,
  firebase,
  oidc,
  pool,
  type WrongSettings,
  wrong,
} from '../kit/changed-settings.ts'
import { identityWith, settings } from '../kit/identities.ts'
import { cognitoRow, firebaseRow, oidcRow } from '../kit/rows.ts'

/** Wrong anywhere. */
const faults: readonly WrongSettings[] = [
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
]

describe('createIdentity', () => {
  it.each(faults)('does not start with %s', (_what, message, changes) => {
    expectRefusedAnywhere(message, changes)
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
