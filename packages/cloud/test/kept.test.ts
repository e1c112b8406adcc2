import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { fixedInputsOf, valueAt } from '../src/engine/replacements.ts'
import type { Graph } from '../src/graph/graph.ts'
import { one } from './find-resources.ts'

/** Types that hold data, or an address that people, apps and providers have noted. */
const held = [
  'aws:apigatewayv2/api:Api',
  'aws:cloudfront/distribution:Distribution',
  'aws:cloudwatch/logGroup:LogGroup',
  'aws:cognito/userPool:UserPool',
  'aws:cognito/userPoolDomain:UserPoolDomain',
  'aws:dynamodb/table:Table',
  'aws:kms/key:Key',
]

function heldIn({ resources }: Graph) {
  return resources.filter(({ type }) => held.includes(type))
}

/** A name without the letters that SST draws for it. */
function withoutDraw(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(fieldnotes-production-\w+)-[a-z]{8}$/, '$1') : value
}

const keys = { hashKey: 'pk', rangeKey: 'sk', localSecondaryIndexes: [] }

/**
 * What AWS can't change in place, of everything that production keeps. A changed value means a new, empty resource:
 * the deployment fails, and `docs/restore.md` says what to do.
 */
const fixed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AccessTable: { name: 'fieldnotes-production-AccessTable', ...keys },
  ApiApi: { protocolType: 'HTTP' },
  ApiAccessLog: { name: expect.stringMatching(/^\/aws\/vendedlogs\/apis\/fieldnotes-production-Api-\w+$/) },
  AuthorizerLog: { name: '/fieldnotes/production/authorizer' },
  IssuerApiAccessLog: {
    name: expect.stringMatching(/^\/aws\/vendedlogs\/apis\/fieldnotes-production-IssuerApi-\w+$/),
  },
  IssuerApiApi: { protocolType: 'HTTP' },
  IssuerLog: { name: '/fieldnotes/production/issuer' },
  ExporterLog: { name: '/fieldnotes/production/exporter' },
  EntryLog: { name: '/fieldnotes/production/entry' },
  GraphqlLog: { name: '/fieldnotes/production/graphql' },
  InformLog: { name: '/fieldnotes/production/inform' },
  OriginCdnDistribution: {},
  PreTokenLog: { name: '/fieldnotes/production/pre-token' },
  RatesTable: { name: 'fieldnotes-production-RatesTable', ...keys },
  SigningKey1: { customerMasterKeySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' },
  SessionKey: {},
  SessionLog: { name: '/fieldnotes/production/session' },
  TableTable: {
    name: 'fieldnotes-production-TableTable',
    ...keys,
    localSecondaryIndexes: [
      { name: 'byChange', rangeKey: 'changeSk', projectionType: 'ALL' },
      { name: 'changePlaces', rangeKey: 'changeSk', projectionType: 'INCLUDE', nonKeyAttributes: expect.any(Array) },
    ],
  },
  UsersDomain: { userPoolId: expect.any(String), domain: expect.stringMatching(/^fieldnotes-production-[0-9a-f]{6}$/) },
  UsersUserPool: {
    name: 'fieldnotes-production-UsersUserPool',
    usernameAttributes: ['email'],
    'usernameConfiguration.caseSensitive': false,
  },
}

describe('what holds data', () => {
  it.each([inject('production'), inject('everything')])('is neither replaced nor deleted in production', (graph) => {
    expect(heldIn(graph).length).toBeGreaterThan(5)
    for (const { name, protect, retainOnDelete } of heldIn(graph).filter(({ inputs }) => inputs.isEnabled !== false)) {
      expect({ name, protect, retainOnDelete }).toEqual({ name, protect: true, retainOnDelete: true })
    }
  })

  it('is let go of when it is a signing key that was removed: a next deployment may delete it', () => {
    const removed = heldIn(inject('everything')).filter(({ inputs }) => inputs.isEnabled === false)
    expect(removed).toMatchObject([{ name: 'SigningKey1', inputs: { deletionWindowInDays: 30 } }])
    expect([removed[0]?.protect, removed[0]?.retainOnDelete]).toEqual([undefined, undefined])
  })

  it.each([inject('preview'), inject('personal')])('goes with its stage elsewhere', ({ resources }) => {
    for (const { protect, retainOnDelete } of resources)
      expect([protect, retainOnDelete]).toEqual([undefined, undefined])
  })

  it('gives its sign-in address to a new pool of a stage that keeps nothing: the old domain goes first', () => {
    for (const stage of ['production', 'preview', 'personal'] as const) {
      const { deleteBeforeReplace } = one(inject(stage), 'aws:cognito/userPoolDomain:UserPoolDomain')
      expect([stage, deleteBeforeReplace]).toEqual([stage, true])
    }
  })

  it('is removed by hand with every log group whose name a new production needs', () => {
    const logs = heldIn(inject('production')).filter(({ type }) => type === 'aws:cloudwatch/logGroup:LogGroup')
    const names = logs.flatMap(({ inputs }) => /^\/fieldnotes\/production\/(.*)$/.exec(String(inputs.name))?.[1] ?? [])
    const page = readFileSync(join(import.meta.dirname, '../../../docs/maintain.md'), 'utf8')
    expect(page).toContain(`for name in ${names.sort().join(' ')}; do aws logs delete-log-group`)
  })

  it('has these values that only a replacement can change', () => {
    const found = heldIn(inject('production')).map(({ name, type, inputs }) => {
      const given = fixedInputsOf(type).map((path) => [path, withoutDraw(valueAt(inputs, path))])
      return [name, Object.fromEntries(given.filter(([, value]) => value !== undefined))]
    })
    expect(Object.fromEntries(found)).toEqual(fixed)
  })
})
