/** Browser sessions as deployed: the rights of each function, the key, the client, and the one origin. */
import { sessionRouteRows } from '@fieldnotes/core/session-routes'
import { parseEntryConfig, parseInformConfig, parseSessionConfig } from '@fieldnotes/session/parse-config'
import { digestOf } from '@fieldnotes/table/digest'
import { describe, expect, inject, it } from 'vitest'
import { entry as builtEntry, inform as builtInform, session as builtSession } from '../src/deployed.ts'
import { all, onAccess, one, routesAt, statementsOf } from './find-resources.ts'

const graph = inject('production')
const everything = inject('everything')
const roleType = 'aws:iam/role:Role'
const functionType = 'aws:lambda/function:Function'
const keyArn = `arn:aws:kms:eu-west-1:123456789012:key/${one(graph, 'aws:kms/key:Key', 'SessionKey').id}`

function roleOf(name: string) {
  return one(graph, roleType, `${name}Role`)
}

function logsOf(name: string) {
  return {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [`arn:aws:logs:eu-west-1:123456789012:log-group:/fieldnotes/production/${name}:*`],
  }
}

/** With the encryption context of sessions, and no other. */
const ofSessions = {
  StringEquals: { 'kms:EncryptionContext:use': ['fieldnotes session'] },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['use'] },
}

describe('the function that signs in', () => {
  it('may use its partitions and its key, write its log, and nothing else: no note', () => {
    expect(statementsOf(roleOf('Session'))).toEqual([
      onAccess(graph, 'REVOKED', 'PutItem', 'Query'),
      onAccess(graph, 'ENDED#*', 'BatchGetItem', 'PutItem'),
      onAccess(graph, 'SESSIONEND', 'DeleteItem', 'PutItem', 'Query'),
      onAccess(graph, 'LOGIN#*', 'DeleteItem', 'PutItem'),
      onAccess(graph, 'SESSION#*', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'),
      onAccess(graph, 'SIGNIN#*', 'DeleteItem', 'GetItem', 'PutItem'),
      onAccess(graph, 'PERSON#*', 'DeleteItem', 'PutItem', 'Query', 'UpdateItem'),
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [keyArn], Condition: ofSessions },
      logsOf('session'),
    ])
  })

  it.each(['SessionProvider', 'SessionIssuer', 'SessionKey'])(
    'has %s, as the pass has, and the entry has not',
    (link) => {
      const holders = Object.entries(graph.builds).filter(([, { links }]) => link in links)
      expect(holders.map(([name]) => name).sort()).toEqual(['Inform', 'Session'])
    },
  )

  it('has no other link, and the secret at our own issuer that the issuer knows it by', () => {
    expect(Object.keys(graph.builds.Session?.links ?? {}).sort()).toEqual([
      'Notes',
      'SessionIssuer',
      'SessionKey',
      'SessionOrigin',
      'SessionProvider',
    ])
    for (const each of [graph, everything]) {
      const { secretDigests } = each.builds.Issuer?.links.IssuerSettings ?? {}
      const { clientSecret } = each.builds.Session?.links.SessionIssuer ?? {}
      expect(JSON.parse(String(secretDigests))['firebase-session']).toEqual([digestOf(String(clientSecret))])
    }
  })

  it('has more time than it works: 12 seconds on the table', () => {
    expect(one(graph, functionType, 'SessionFunction').inputs).toMatchObject({ timeout: 15, memorySize: 512 })
  })
})

describe('the entry', () => {
  it('has the rights of the endpoint, reads sessions, and calls the function that refreshes: no key', () => {
    const rights = statementsOf(roleOf('Entry'))
    const ofEndpoint = statementsOf(roleOf('Graphql')).slice(0, -1)
    expect(rights).toEqual([
      ...ofEndpoint,
      onAccess(graph, 'REVOKED', 'Query'),
      onAccess(graph, 'SESSION#*', 'GetItem'),
      {
        Effect: 'Allow',
        Action: ['lambda:InvokeFunction'],
        Resource: [
          `arn:aws:lambda:eu-west-1:123456789012:function:${one(graph, functionType, 'SessionFunction').inputs.name}`,
        ],
      },
      logsOf('entry'),
    ])
    expect(JSON.stringify(rights)).not.toContain('kms:')
  })

  it('has the configuration of the endpoint, and neither the key nor the secret of a client', () => {
    const { links = {} } = graph.builds.Entry ?? {}
    expect(Object.keys(links).sort()).toEqual(
      [...Object.keys(graph.builds.Graphql?.links ?? {}), 'SessionFunction', 'SessionOrigin'].sort(),
    )
    expect(links.Notes).toEqual(graph.builds.Graphql?.links.Notes)
  })

  it('waits longer than a refresh with the request behind it, and less than the gateway: 30 seconds', () => {
    expect(one(graph, functionType, 'EntryFunction').inputs).toMatchObject({ timeout: 28, memorySize: 1024 })
  })
})

describe('the pass that informs providers and issuers', () => {
  const name = one(graph, functionType, 'InformFunction').inputs.name

  it('opens refresh tokens and seals none, signs people of the pool out, and may do nothing else', () => {
    const pool = one(graph, 'aws:cognito/userPool:UserPool').id
    expect(statementsOf(roleOf('Inform'))).toEqual([
      onAccess(graph, 'SESSIONEND', 'DeleteItem', 'PutItem', 'Query'),
      onAccess(graph, 'SIGNOUT', 'DeleteItem', 'Query'),
      onAccess(graph, 'LOGIN#*', 'DeleteItem'),
      onAccess(graph, 'SESSION#*', 'DeleteItem', 'GetItem', 'UpdateItem'),
      onAccess(graph, 'PERSON#*', 'DeleteItem', 'Query'),
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [keyArn], Condition: ofSessions },
      {
        Effect: 'Allow',
        Action: ['cognito-idp:AdminUserGlobalSignOut', 'cognito-idp:ListUsers'],
        Resource: [`arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${pool}`],
      },
      logsOf('inform'),
    ])
  })

  it('is called once a minute by its schedule alone: no route, and no second call of one that failed', () => {
    const rule = one(graph, 'aws:cloudwatch/eventRule:EventRule')
    expect(rule.inputs).toEqual({ name: 'fieldnotes-production-inform', scheduleExpression: 'rate(1 minute)' })
    expect(one(graph, 'aws:cloudwatch/eventTarget:EventTarget').inputs).toEqual({
      rule: rule.inputs.name,
      arn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
    })
    const callers = all(graph, 'aws:lambda/permission:Permission').filter(({ inputs }) => inputs.function === name)
    expect(callers.map(({ inputs }) => inputs)).toMatchObject([{ principal: 'events.amazonaws.com' }])
    const retries = one(graph, 'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig').inputs
    expect(retries).toMatchObject({ functionName: name, maximumRetryAttempts: 0 })
  })

  it('ends before the next one begins', () => {
    expect(one(graph, functionType, 'InformFunction').inputs).toMatchObject({ timeout: 55 })
  })
})

describe.each([
  ['Inform', builtInform],
  ['Session', builtSession],
  ['Entry', builtEntry],
] as const)('the code of %s', (name, { handler, properties }) => {
  it('is built as its own tests build it', () => {
    expect(graph.builds[name]).toMatchObject({ handler, properties: { ...properties, architecture: 'arm64' } })
  })
})

describe('their configuration', () => {
  const environment = { NODE_ENV: 'production' }

  it.each([graph, everything])('is the one that the functions accept', ({ builds }) => {
    const { Notes, SessionOrigin, SessionProvider, SessionIssuer, SessionKey } = builds.Session?.links ?? {}
    const links = { Notes, SessionOrigin, SessionProvider, SessionIssuer, SessionKey }
    const signsIn = parseSessionConfig(links, environment)
    expect(signsIn.keyArn).toBe(keyArn)
    expect(signsIn.config.provider).toMatchObject({
      issuer: expect.stringMatching(/^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_\w+$/),
      tokenEndpoint: expect.stringMatching(
        /^https:\/\/fieldnotes-production-\w+\.auth\.eu-west-1\.\S+\/oauth2\/token$/,
      ),
      scope: 'openid email profile notes/read notes/write notes/share notes/trash',
      namesItself: false,
    })
    const { fieldnotesIssuer } = Notes as { readonly fieldnotesIssuer: string }
    expect(signsIn.config.ownIssuer).toMatchObject({
      issuer: fieldnotesIssuer,
      tokenEndpoint: `${fieldnotesIssuer}/token`,
      clientId: 'firebase-session',
    })
    const { FirebaseServiceAccount } = builds.Inform?.links ?? {}
    expect(parseInformConfig({ ...links, FirebaseServiceAccount }, environment)).toEqual({
      ...signsIn,
      userPoolId: (Notes as { readonly userPoolId: string }).userPoolId,
      account: undefined,
    })
    const { SessionFunction } = builds.Entry?.links ?? {}
    const enters = parseEntryConfig({ Notes, SessionOrigin, SessionFunction }, environment)
    const { provider, ownIssuer, ...shared } = signsIn.config
    expect(enters.config).toEqual(shared)
  })
})

describe('the key of sessions', () => {
  it('has new material each year, and can be given back for 30 days in production', () => {
    const { inputs } = one(graph, 'aws:kms/key:Key', 'SessionKey')
    expect(inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 })
    expect(inputs.policy).toBeUndefined()
    expect(one(graph, 'aws:kms/alias:Alias').inputs).toMatchObject({
      name: 'alias/fieldnotes-production-sessions',
      targetKeyId: one(graph, 'aws:kms/key:Key', 'SessionKey').id,
    })
  })

  it('is used by two roles, for sessions alone; the account administers it, and opens nothing', () => {
    const { inputs } = one(graph, 'aws:kms/keyPolicy:KeyPolicy')
    const { Statement } = JSON.parse(String(inputs.policy))
    const [administration, ...uses] = Statement
    expect(administration).toMatchObject({ Principal: { AWS: ['arn:aws:iam::123456789012:root'] } })
    for (const action of administration.Action) expect(action).not.toMatch(/\*|crypt|DataKey|Grant|Sign|Mac|Import/)
    // Without these, no one could change the policy or delete the key again.
    expect(administration.Action).toEqual(expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']))
    expect(uses).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: ['*'],
        Principal: { AWS: [`arn:aws:iam::123456789012:role/${roleOf('Session').inputs.name}`] },
        Condition: ofSessions,
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['*'],
        Principal: { AWS: [`arn:aws:iam::123456789012:role/${roleOf('Inform').inputs.name}`] },
        Condition: ofSessions,
      },
    ])
  })

  it('is named in the rights of no other function', () => {
    const users = all(graph, roleType).filter((role) => JSON.stringify(statementsOf(role)).includes(keyArn))
    expect(users.map(({ name }) => name).sort()).toEqual(['InformRole', 'SessionRole'])
  })
})

describe('the one origin', () => {
  const type = 'aws:cloudfront/distribution:Distribution'

  interface Behavior {
    readonly cachePolicyId: string
    readonly originRequestPolicyId: string
    readonly allowedMethods: readonly string[]
    readonly viewerProtocolPolicy: string
  }

  it.each([graph, everything])('stores no answer, and passes cookies, headers and queries on', (each) => {
    const { defaultCacheBehavior, orderedCacheBehaviors = [] } = one(each, type).inputs
    expect(orderedCacheBehaviors).toEqual([])
    expect(defaultCacheBehavior as Behavior).toMatchObject({
      // Managed-CachingDisabled, and Managed-AllViewerExceptHostHeader.
      cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      originRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      allowedMethods: expect.arrayContaining(['GET', 'POST', 'OPTIONS']),
      viewerProtocolPolicy: 'redirect-to-https',
    })
  })

  it('stores no error either: CloudFront would keep each of these for 10 seconds', () => {
    const { customErrorResponses } = one(graph, type).inputs
    const codes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]
    expect(customErrorResponses).toEqual(codes.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })))
  })

  it.each([graph, everything])('waits as long as the gateway does, and longer than a function works', (each) => {
    const [origin, ...more] = one(each, type).inputs.origins as {
      readonly customOriginConfig: { readonly originReadTimeout: number; readonly originProtocolPolicy: string }
    }[]
    expect([origin?.customOriginConfig, more]).toMatchObject([
      { originReadTimeout: 30, originProtocolPolicy: 'https-only' },
      [],
    ])
    for (const name of ['EntryFunction', 'SessionFunction', 'GraphqlFunction'])
      expect(one(each, functionType, name).inputs.timeout).toBeLessThan(30)
  })

  it('writes no log: a callback has a code in its query', () => {
    for (const each of [graph, everything]) expect(one(each, type).inputs.loggingConfig).toBeUndefined()
  })

  it('is in front of the gateway, by the name at which that answers', () => {
    const originOf = (each: typeof graph) => (one(each, type).inputs.origins as { domainName: string }[])[0]?.domainName
    expect(graph.builds.Graphql?.links.Notes).toMatchObject({ resource: `https://${originOf(graph)}/graphql` })
    expect(originOf(everything)).toBe('api.example.com')
  })

  it('has the name of the setting, or the one that CloudFront gives: the functions know it, and take it from no request', () => {
    expect(one(everything, type).inputs.aliases).toEqual(['app.example.com'])
    for (const name of ['Session', 'Entry']) {
      expect(everything.builds[name]?.links.SessionOrigin).toMatchObject({ origin: 'https://app.example.com' })
      expect(graph.builds[name]?.links.SessionOrigin).toMatchObject({
        origin: expect.stringMatching(/^https:\/\/[\w-]+\.cloudfront\.net$/),
      })
    }
    expect(everything.outputs.origin).toBe('https://app.example.com')
  })
})

describe('a stage without browser sessions', () => {
  it.each([inject('preview'), inject('personal')])('has none of this', (each) => {
    const keys = routesAt(each).map(({ inputs }) => String(inputs.routeKey))
    expect(keys.filter((key) => sessionRouteRows.some(({ path }) => key.endsWith(` ${path}`)))).toEqual([])
    const added = each.resources.filter(({ type, name }) => /kms|cloudfront/.test(type) && !name.startsWith('Signing'))
    expect(added).toEqual([])
    expect(each.outputs.origin).toBeUndefined()
    expect(JSON.stringify(each.builds)).not.toMatch(/packages\/session/)
  })

  it('leaves the rights of the endpoint as they are', () => {
    const resources = (each: typeof graph) =>
      statementsOf(one(each, roleType, 'GraphqlRole')).map(({ Action, Condition }) => [Action, Condition])
    expect(resources(inject('personal'))).toEqual(resources(graph))
  })
})
