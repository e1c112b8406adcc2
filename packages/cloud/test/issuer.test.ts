/** The deployed issuer: its rights, its keys, its host and what it is configured with. */
import { routeKeysOf } from '@fieldnotes/core/routes'
import { cookieSecretOf } from '@fieldnotes/issuer/client-secret'
import { issuerRoutes } from '@fieldnotes/issuer/issuer-routes'
import { assertIssuerSettings } from '@fieldnotes/issuer/issuer-settings'
import { parseConfig } from '@fieldnotes/issuer/parse-config'
import { describe, expect, inject, it } from 'vitest'
import { issuer as built } from '../src/deployed.ts'
import { evaluate } from '../src/graph/evaluate.ts'
import type { Graph } from '../src/graph/graph.ts'
import { requiredSecrets } from '../src/required-secrets.ts'
import { all, onAccess, one, routesAt, statementsOf } from './find-resources.ts'

const graph = inject('production')
const everything = inject('everything')
const own = one(graph, 'aws:iam/role:Role', 'IssuerRole')
const roleArn = 'arn:aws:iam::123456789012:role/fieldnotes-production-issuer'

function keysOf(of: Graph) {
  return all(of, 'aws:kms/key:Key').filter(({ name }) => name.startsWith('SigningKey'))
}

function arnOf({ id }: { readonly id?: string }): string {
  return `arn:aws:kms:eu-west-1:123456789012:key/${id}`
}

/** What the function starts with. */
function settingsOf(of: Graph) {
  const { Notes, IssuerSettings, IssuerSignIn } = of.builds.Issuer?.links ?? {}
  return parseConfig({ Notes, IssuerSettings, IssuerSignIn }, { NODE_ENV: 'production' })
}

describe('the issuer', () => {
  it('is built as its own tests build it', () => {
    const { handler, properties } = built
    expect(graph.builds.Issuer).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
  })

  it('may touch its own partitions, sign with its keys and write its log, and no note, session or export', () => {
    const keys = keysOf(graph).map(arnOf)
    expect(statementsOf(own)).toEqual([
      onAccess(graph, 'REVOKED', 'PutItem', 'Query'),
      onAccess(graph, 'GROUPS', 'Query'),
      onAccess(graph, 'ENDED#*', 'BatchGetItem', 'PutItem'),
      onAccess(graph, 'OIDC#*', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'),
      onAccess(graph, 'GRANT#*', 'PutItem', 'Query'),
      onAccess(graph, 'ALIAS#*', 'GetItem', 'PutItem'),
      onAccess(graph, 'PERSON#*', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
      onAccess(graph, 'CLIENT#*', 'GetItem'),
      {
        Effect: 'Allow',
        Action: ['kms:Sign'],
        Resource: keys,
        Condition: { StringEquals: { 'kms:SigningAlgorithm': ['ECDSA_SHA_256'] } },
      },
      { Effect: 'Allow', Action: ['kms:GetPublicKey'], Resource: keys },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:/fieldnotes/production/issuer:*'],
      },
    ])
  })

  it('has digests of our own clients’ secrets, and no root', () => {
    const links = graph.builds.Issuer?.links ?? {}
    expect(Object.keys(links).sort()).toEqual(['IssuerSettings', 'IssuerSignIn', 'Notes'])
    for (const secret of Object.values(requiredSecrets)) expect(JSON.stringify(links)).not.toContain(secret)
    expect(JSON.stringify(links.IssuerSettings)).not.toMatch(/secret"/i)
  })

  it.each([graph, everything, inject('preview'), inject('personal')])('signs people in with its own client', (of) => {
    const { id, inputs } = one(of, 'aws:cognito/userPoolClient:UserPoolClient', 'SignInsClient')
    const { signIn } = settingsOf(of)
    expect(signIn?.userPool).toMatchObject({ clientId: id, scope: (inputs.allowedOauthScopes as string[]).join(' ') })
    expect(inputs.callbackUrls).toEqual([`${settingsOf(of).issuer}/callback`])
    expect(signIn?.userPool.authorizationEndpoint).toMatch(
      /^https:\/\/[\w-]+\.auth\.eu-west-1\.amazoncognito\.com\/oauth2/,
    )
    expect(signIn?.cookieSecrets).toEqual([cookieSecretOf(requiredSecrets.ClientSecrets)])
    expect(settingsOf(of).webClientIds).not.toContain(id)
    expect(of.builds.Graphql?.links.Notes).toMatchObject({ clientIds: expect.not.arrayContaining([id]) })
  })

  it('signs people of Firebase in where the stage has the API key of its project', () => {
    expect(settingsOf(graph).signIn?.firebase).toBeUndefined()
    expect(settingsOf(everything).signIn?.firebase).toEqual({
      apiKey: 'AIzaSy-0123456789_abcdefghijklmnopqrst',
      identityToolkit: 'https://identitytoolkit.googleapis.com',
    })
  })

  it('accepts cookies of two roots while one replaces the other, and no other secret signs them', async () => {
    const before = settingsOf(inject('personal')).signIn?.cookieSecrets ?? []
    const secrets = { ...requiredSecrets, ClientSecrets: `${'n'.repeat(32)},${requiredSecrets.ClientSecrets}` }
    const after = settingsOf(await evaluate({ stage: 'alice', secrets })).signIn?.cookieSecrets
    expect(after).toEqual([expect.not.stringMatching(before[0] ?? ''), ...before])
  })

  it.each([graph, everything, inject('preview'), inject('personal')])('starts with its settings', (of) => {
    expect(() => assertIssuerSettings(settingsOf(of))).not.toThrow()
    const apps = all(of, 'aws:cognito/userPoolClient:UserPoolClient').filter(({ name }) =>
      ['WebClient', 'SessionsClient'].includes(name),
    )
    expect(settingsOf(of).webClientIds.toSorted()).toEqual(apps.map(({ id }) => id).sort())
    expect(settingsOf(of).loopbackIssuers).toBe('refuse')
  })

  it('believes the pool, Firebase and itself, and no issuer that the settings of a stage add', () => {
    expect(settingsOf(everything).issuers.map(({ kind }) => kind)).toEqual(['cognito', 'firebase', 'fieldnotes'])
  })

  it('accepts two secrets of each client while one replaces the other', async () => {
    const next = 'another-root-of-at-least-thirty-two-bytes'
    const before = settingsOf(inject('personal')).credentials
    const secrets = { ...requiredSecrets, ClientSecrets: `${requiredSecrets.ClientSecrets}, ${next}` }
    const { credentials } = settingsOf(await evaluate({ stage: 'alice', secrets }))
    expect(Object.keys(credentials).length).toBeGreaterThan(3)
    for (const [id, { secretDigests = [] }] of Object.entries(credentials)) {
      expect(secretDigests).toEqual([before[id]?.secretDigests?.[0], expect.stringMatching(/^[\w-]{43}$/)])
      expect(new Set(secretDigests).size).toBe(2)
    }
  })

  it.each([
    ['short', 'short'],
    ['there twice', `${requiredSecrets.ClientSecrets},${requiredSecrets.ClientSecrets}`],
    ['three', ['a', 'b', 'c'].map((each) => each.repeat(32)).join(',')],
    ['empty', ''],
  ])('is not deployed with roots of secrets that are %s, and quotes none', async (_what, ClientSecrets) => {
    const failed = evaluate({ stage: 'alice', secrets: { ...requiredSecrets, ClientSecrets } })
    await expect(failed).rejects.toThrow(/ClientSecrets/)
    if (ClientSecrets !== '') await expect(failed).rejects.not.toThrow(new RegExp(ClientSecrets.slice(0, 40)))
  })
})

describe('the signing keys', () => {
  it('are one key of P-256 that only signs, in every stage without a setting', () => {
    for (const of of [graph, inject('preview'), inject('personal')])
      expect(keysOf(of).map(({ inputs }) => inputs)).toMatchObject([
        { customerMasterKeySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY', isEnabled: true, deletionWindowInDays: 30 },
      ])
    expect(settingsOf(graph).keys).toEqual([{ keyId: keysOf(graph).map(arnOf)[0], state: 'active' }])
  })

  it('sign for the role of the issuer alone, with its one algorithm: administrators neither sign nor grant', () => {
    const [key] = keysOf(graph)
    const { Statement } = JSON.parse(String(key?.inputs.policy))
    const [administer, sign] = Statement
    expect(Statement).toHaveLength(2)
    expect(sign).toEqual({
      Sid: 'Sign',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:root' },
      Action: 'kms:Sign',
      Resource: '*',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': roleArn },
        StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' },
      },
    })
    expect(own.inputs.name).toBe('fieldnotes-production-issuer')
    expect(administer.Principal).toEqual({ AWS: 'arn:aws:iam::123456789012:root' })
    for (const action of administer.Action) expect(action).not.toMatch(/\*|Sign$|Grant|Decrypt|Generate|Import/)
    // A key without them could never be changed or deleted again.
    for (const action of ['PutKeyPolicy', 'DisableKey', 'ScheduleKeyDeletion'])
      expect(administer.Action).toContain(`kms:${action}`)
  })

  it('that are removed stay at KMS, can’t sign, and are unknown to the function', () => {
    const keys = keysOf(everything)
    expect(keys.map(({ name, inputs }) => [name, inputs.isEnabled]).sort()).toEqual([
      ['SigningKey1', false],
      ['SigningKey2', true],
      ['SigningKey3', true],
    ])
    const published = keys.filter(({ name }) => name !== 'SigningKey1').map(arnOf)
    expect(settingsOf(everything).keys.map(({ keyId, state }) => [keyId, state])).toEqual([
      [published[0], 'retiring'],
      [published[1], 'active'],
    ])
    const signed = statementsOf(one(everything, 'aws:iam/role:Role', 'IssuerRole')).filter(({ Action }) =>
      String(Action).startsWith('kms:'),
    )
    for (const { Resource } of signed) expect(Resource).toEqual(published)
    expect(signed).toHaveLength(2)
  })
})

describe('the host of the issuer', () => {
  it.each([graph, everything])('is its own, with its routes and no other', (of) => {
    const keys = routesAt(of, 'IssuerApiApi').map(({ inputs }) => String(inputs.routeKey))
    expect(keys.sort()).toEqual(issuerRoutes.flatMap(routeKeysOf).sort())
    const { resource, fieldnotesIssuer } = (of.builds.Issuer?.links.Notes ?? {}) as Readonly<Record<string, string>>
    expect(new URL(String(fieldnotesIssuer)).host).not.toBe(new URL(String(resource)).host)
    expect(of.outputs.issuer).toBe(fieldnotesIssuer)
  })

  it('is the name that a setting gives, and then no other', () => {
    expect(settingsOf(everything).issuer).toBe('https://auth.example.com/oauth')
    const disabled = [graph, everything].map(
      (of) => one(of, 'aws:apigatewayv2/api:Api', 'IssuerApiApi').inputs.disableExecuteApiEndpoint,
    )
    expect(disabled).toEqual([false, true])
  })

  it.each([graph, everything])('logs paths without query strings, holds back floods, and takes no cookie', (of) => {
    const stages = ['ApiStage', 'IssuerApiStage'].map((name) => one(of, 'aws:apigatewayv2/stage:Stage', name).inputs)
    const [api, issuer] = stages.map(({ accessLogSettings, defaultRouteSettings }) => {
      return { format: (accessLogSettings as { format: string }).format, defaultRouteSettings }
    })
    expect(issuer).toEqual(api)
    expect(issuer?.format).not.toMatch(/authoriz|header|querystring|body|claims/i)
    const cors = ['ApiApi', 'IssuerApiApi'].map((name) => one(of, 'aws:apigatewayv2/api:Api', name).inputs)
    expect(cors[1]?.corsConfiguration).toEqual(cors[0]?.corsConfiguration)
  })

  it('is called by its own API alone', () => {
    const { id } = one(graph, 'aws:apigatewayv2/api:Api', 'IssuerApiApi')
    const { name } = one(graph, 'aws:lambda/function:Function', 'IssuerFunction').inputs
    const callers = all(graph, 'aws:lambda/permission:Permission').filter(({ inputs }) =>
      String(inputs.function).endsWith(`:function:${name}`),
    )
    expect(callers).toHaveLength(issuerRoutes.flatMap(routeKeysOf).length)
    for (const { inputs } of callers)
      expect(inputs).toMatchObject({
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${id}/*`,
      })
  })
})

describe('who believes the issuer', () => {
  it.each(['Graphql', 'Authorizer'])('is also %s, by its exact URL, with the key set below it', (name) => {
    expect(graph.builds[name]?.links.Notes).toMatchObject({ fieldnotesIssuer: settingsOf(graph).issuer })
  })
})
