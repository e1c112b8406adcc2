/** Which function may touch which item of the tables `access` and `rates`: every key against every right. */
import { describe, expect, it } from 'vitest'
import * as accessKeys from '../src/access-keys.ts'
import { digestOf } from '../src/digest.ts'
import * as rateKeys from '../src/rate-keys.ts'
import { type FunctionName, type Right, rights, type TableAction } from '../src/rights.ts'
import type { Key } from '../src/writes.ts'

const secret = digestOf('a secret')
const person = 'p'.repeat(27)

/** Letters of a cell: g(et), G (batch get), q(uery), p(ut), u(pdate), d(elete). */
const letters: Readonly<Record<string, TableAction>> = {
  g: 'GetItem',
  G: 'BatchGetItem',
  q: 'Query',
  p: 'PutItem',
  u: 'UpdateItem',
  d: 'DeleteItem',
}

type Cells = Readonly<Partial<Record<FunctionName, string>>>

/** Key function → an item's key, and the actions of each function that needs it. No other function has any. */
const accessItems: readonly (readonly [name: string, key: Key, cells: Cells])[] = [
  [
    'revocationKey',
    accessKeys.revocationKey(0, `person#${person}`),
    { graphql: 'pq', entry: 'q', session: 'pq', issuer: 'pq', authorizer: 'q', exporter: 'q' },
  ],
  ['endedKey', accessKeys.endedKey(`person#${person}`), { graphql: 'Gp', session: 'Gp', issuer: 'Gp' }],
  ['signOutKey', accessKeys.signOutKey(person, 'cognito'), { graphql: 'p', inform: 'dq' }],
  ['endedSessionKey', accessKeys.endedSessionKey(person, secret), { graphql: 'p', session: 'dpq', inform: 'dpq' }],
  ['loginSessionKey', accessKeys.loginSessionKey('REVOKED', secret), { session: 'dp', inform: 'd' }],
  [
    'signOutsOfPersonKey',
    accessKeys.signOutsOfPersonKey(person, 'login', 1),
    { graphql: 'dgqu', session: 'dpqu', inform: 'dq', issuer: 'dgpqu' },
  ],
  ['sessionKey', accessKeys.sessionKey(secret), { graphql: 'u', entry: 'g', session: 'dgpu', inform: 'dgu' }],
  ['signInKey', accessKeys.signInKey(secret), { session: 'dgp' }],
  [
    'personSessionKey',
    accessKeys.personSessionKey(person, secret),
    { graphql: 'dgqu', session: 'dpqu', inform: 'dq', issuer: 'dgpqu' },
  ],
  [
    'personAppKey',
    accessKeys.personAppKey(person, 'REVOKED'),
    { graphql: 'dgqu', session: 'dpqu', inform: 'dq', issuer: 'dgpqu' },
  ],
  [
    'personSourceKey',
    accessKeys.personSourceKey(person),
    { graphql: 'dgqu', session: 'dpqu', inform: 'dq', issuer: 'dgpqu' },
  ],
  ['modelKey', accessKeys.modelKey('Session', secret), { issuer: 'dgpu' }],
  ['modelKey', accessKeys.modelKey('AccessToken', secret), { graphql: 'g', issuer: 'dgpu' }],
  ['modelKey', accessKeys.modelKey('RefreshToken', secret), { issuer: 'dgpu' }],
  ['grantMemberKey', accessKeys.grantMemberKey(secret, 'RefreshToken', secret, 1_800_000_000), { issuer: 'pq' }],
  ['aliasKey', accessKeys.aliasKey('uid', secret), { issuer: 'gp' }],
  ['clientKey', accessKeys.clientKey('SESSION#portal'), { issuer: 'g' }],
  ['clientEntryKey', accessKeys.clientEntryKey('portal'), {}],
  ['groupPolicyKey', accessKeys.groupPolicyKey('cognito:a#b'), { graphql: 'q', issuer: 'q' }],
  ['applicationKey', accessKeys.applicationKey('partner'), { graphql: 'g' }],
  ['applicationEntryKey', accessKeys.applicationEntryKey('partner'), {}],
  ['clientApplicationKey', accessKeys.clientApplicationKey('fieldnotes:portal', 'partner'), { graphql: 'q' }],
  ['apiKeyUseKey', accessKeys.apiKeyUseKey('partner', secret), { graphql: 'u' }],
  ['proofKey', accessKeys.proofKey('thumbprint', secret), { graphql: 'p' }],
  ['currentExportKey', accessKeys.currentExportKey(person), { exporter: 'gpq' }],
  ['exportPeriodsKey', accessKeys.exportPeriodsKey(person), { exporter: 'gpq' }],
  ['exportEndKey', accessKeys.exportEndKey(person, 'export'), { exporter: 'gpq' }],
  ['exportLeaseKey', accessKeys.exportLeaseKey(person, 'export'), { exporter: 'gpq' }],
  ['exportPartKey', accessKeys.exportPartKey(person, 'export', 0), { exporter: 'gpq' }],
]

const rateItems: typeof accessItems = [
  ['bucketKey', rateKeys.bucketKey('CLIENT', 'fieldnotes:portal'), { graphql: 'u' }],
]

const items = [
  ...accessItems.map((row) => ['access', ...row] as const),
  ...rateItems.map((row) => ['rates', ...row] as const),
]

const functions = Object.keys(rights) as FunctionName[]

/** `StringLike` of IAM, for patterns whose only wildcard is a `*` at the end. */
function matches(pattern: string, pk: string): boolean {
  return pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern
}

function actionsOf(name: FunctionName, table: Right['table'], pk: string): readonly TableAction[] {
  const found: readonly Right[] = rights[name]
  const matching = found.filter(
    (right) => right.table === table && right.partitions.some((pattern) => matches(pattern, pk)),
  )
  return matching.flatMap(({ actions }) => actions).sort()
}

function needed(cell = ''): readonly TableAction[] {
  return [...cell].map((letter) => letters[letter] as TableAction).sort()
}

const all: readonly Right[] = Object.values(rights).flat()

describe('rights', () => {
  it('are tested for every key function', () => {
    const names = (module: object) => Object.keys(module).filter((name) => name.endsWith('Key'))
    expect([...new Set(accessItems.map(([name]) => name))].sort()).toEqual(names(accessKeys).sort())
    expect(rateItems.map(([name]) => name).sort()).toEqual(names(rateKeys).sort())
  })

  it.each(items)('%s of %s: each function has those that it needs, and no other', (table, _name, { pk }, cells) => {
    for (const name of functions) expect([name, actionsOf(name, table, pk)]).toEqual([name, needed(cells[name])])
  })

  it.each(items)('%s of %s is in a partition of that table alone', (table, _name, { pk }) => {
    const other = table === 'access' ? 'rates' : 'access'
    for (const name of functions) expect(actionsOf(name, other, pk)).toEqual([])
  })

  it('have no pattern without an item, none for a whole table, and none with a wildcard inside', () => {
    for (const { table, partitions } of all) {
      for (const pattern of partitions) {
        expect(pattern).toMatch(/^[A-Z]+((#[A-Za-z]+)?#\*)?$/)
        expect([pattern, items.some(([of, , { pk }]) => of === table && matches(pattern, pk))]).toEqual([pattern, true])
      }
    }
  })

  it('let the endpoint read no session, and of the tokens access tokens alone', () => {
    const reading = rights.graphql.filter(({ actions }) =>
      actions.some((action) => /^(BatchGetItem|GetItem)$/.test(action)),
    )
    expect(reading.flatMap((right) => right.partitions)).toEqual([
      'OIDC#AccessToken#*',
      'ENDED#*',
      'PERSON#*',
      'APPLICATION#*',
    ])
    const partitions = rights.graphql.filter(({ table }) => table === 'access').flatMap((right) => right.partitions)
    const expected = [
      'REVOKED',
      'GROUPS',
      'OIDC#AccessToken#*',
      'ENDED#*',
      'SIGNOUT',
      'PERSON#*',
      'SESSION#*',
      'SESSIONEND',
      'PROOF#*',
      'APPLICATION#*',
      'APPLICATIONOF#*',
      'KEYUSE#*',
    ]
    expect(partitions).toEqual(expected)
  })
})

describe('keys', () => {
  it('have a partition of their own kind, whatever an id contains', () => {
    const kinds = items.map(([, , { pk }]) => pk.split('#')[0])
    // Those of a person share one, those of a person's exports, and the models.
    expect(new Set(kinds).size).toBe(kinds.length - 9)
  })

  it('have the digest of a secret, and not the secret', () => {
    expect(accessKeys.sessionKey(digestOf('cookie')).pk).toMatch(/^SESSION#[\w-]{43}$/)
    // @ts-expect-error a secret that is not digested
    expect(accessKeys.sessionKey('cookie').sk).toBe('SESSION')
    // @ts-expect-error a secret that is not digested
    expect(accessKeys.apiKeyUseKey('partner', 'key').sk).toBe('key')
  })

  it('of revocations sort by instant', () => {
    const keys = [0, 999_999_999, 1_000_000_000, 1_800_000_000].map((at) => accessKeys.revocationKey(at, 'login#l').sk)
    expect(keys.toReversed().sort()).toEqual(keys)
  })

  it('fit DynamoDB: at most 2,048 bytes of partition key and 1,024 of sort key, with the longest ids', () => {
    const longest = [
      accessKeys.personAppKey(person, 'c'.repeat(255)),
      accessKeys.groupPolicyKey(`${'i'.repeat(32)}:${'\u{1F600}'.repeat(128)}`),
      accessKeys.grantMemberKey(secret, 'PushedAuthorizationRequest', secret, 1_800_000_000),
      accessKeys.revocationKey(0, `token#${'i'.repeat(32)}#${'t'.repeat(128)}`),
    ]
    for (const { pk, sk } of longest) {
      expect(Buffer.byteLength(pk)).toBeLessThanOrEqual(2048)
      expect(Buffer.byteLength(sk)).toBeLessThanOrEqual(1024)
    }
  })
})
