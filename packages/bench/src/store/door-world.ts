/** Doors that share one table of revocations and policies of groups, and the events that come to them. */
import { apiKeyOf, secretOf } from '@fieldnotes/api/api-key'
import type { Result } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import { addApplication } from '@fieldnotes/api/stored-applications'
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import { personId } from '@fieldnotes/identity/person-id'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { storeOpaqueToken } from '@fieldnotes/table/test/opaque-tokens'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { eventOf, lambdaContext } from '../world/event.ts'
import { createIssuer, type Issuer } from '../world/issuer.ts'
import { type BoundEvents, eventsWithProofs } from './bound-events.ts'

const audience = 'https://api.bench.dev/graphql'
const issuerUrl = 'https://issuer.bench.dev'
const provider = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Bench'
const identityPoolId = 'eu-west-1:bench'
const userPool = { name: 'bench', issuer: issuerUrl }
const iam = { userPool, provider, identityPoolId, clientId: 'web', scopes: ['notes:read'], services: {} }
const row = { kind: 'oidc', name: 'bench', issuer: issuerUrl, jwksUri: `${issuerUrl}/keys`, audience } as const
const ownUrl = `${issuerUrl}/oauth`
const own = { kind: 'fieldnotes', name: 'fieldnotes', issuer: ownUrl, jwksUri: `${ownUrl}/jwks` } as const
const issuers = [
  { ...row, algorithms: ['RS256'], clientIds: ['bench'], scopes: {} },
  { ...own, firstPartyClientIds: [], scopes: { 'notes:read': ['notes:read'] } },
] as const

const query = { query: '{ me { id } }', variables: {}, caller: 'full' } as const

/** Sends an event to a door; resolves to its verdict, or to the status and the codes of the errors. */
export type Send = (event: APIGatewayProxyEventV2) => Promise<string>

/** The doors, and events by what they carry. */
export interface DoorWorld {
  /** Each call is a new instance, which has read nothing. */
  readonly authorizer: () => Send
  readonly endpoint: () => Send
  /** Requests with an API key: two with the `good` one use up its limit, and none with the `ample` one. */
  readonly byKey: Readonly<Record<'good' | 'ample' | 'unknown' | 'malformed', APIGatewayProxyEventV2>>
  readonly byToken: Readonly<
    Record<
      'none' | 'bad' | 'first' | 'second' | 'grouped' | 'groupedToo' | 'opaque' | 'unknown',
      APIGatewayProxyEventV2
    >
  >
  /** Requests with a token that is bound to a key. */
  readonly bound: BoundEvents
  /** Signed requests as the gateway passes them on. */
  readonly signed: Readonly<Record<'none' | 'otherPool' | 'person', APIGatewayProxyEventV2>>
}

/** Stores a token of a third party's app. */
function newOpaqueToken(access: TableConfig, now: number): Promise<string> {
  const second = Math.floor(now / 1000)
  const claims = { iss: ownUrl, aud: audience, sub: personId(ownUrl, 'a'), client_id: 'app', scope: 'notes:read' }
  const times = { iat: second, exp: second + 300, auth_time: second, login_id: 'login' }
  return storeOpaqueToken(createTable(access), { ...claims, ...times })
}

async function eventsByToken(mint: Issuer['mint'], opaque: string): Promise<DoorWorld['byToken']> {
  const [first, second] = await Promise.all(['a', 'b'].map((person) => mint(person)))
  const groups = Array.from({ length: 100 }, (_, index) => `group-${index}`)
  const [grouped, groupedToo] = await Promise.all(['c', 'd'].map((person) => mint(person, groups)))
  const withToken = (token: string | undefined) => eventOf(query, `Bearer ${token}`)
  const { authorization: _, ...headers } = withToken(first).headers
  return {
    none: { ...withToken(first), headers },
    bad: withToken(`${first?.slice(0, -8)}AAAAAAAA`),
    first: withToken(first),
    second: withToken(second),
    grouped: withToken(grouped),
    groupedToo: withToken(groupedToo),
    opaque: withToken(opaque),
    unknown: withToken('x'.repeat(43)),
  }
}

/** The event at `/iam/graphql`, with what the gateway says of its signer. */
function signedEvent(event: APIGatewayProxyEventV2, authorizer: object): APIGatewayProxyEventV2 {
  const requestContext = { ...event.requestContext, authorizer }
  return { ...event, rawPath: '/iam/graphql', routeKey: 'POST /iam/graphql', requestContext }
}

function signer(pool: string): object {
  const amr = ['authenticated', provider, `${provider}:CognitoSignIn:x`]
  return { iam: { cognitoIdentity: { identityPoolId: pool, amr } } }
}

/** The status, and the codes of the errors. */
export function statusOf({ statusCode, body }: Result): string {
  const { errors = [] } = JSON.parse(body ?? '{}') as { errors?: { extensions: { code: string } }[] }
  return [statusCode, ...errors.map(({ extensions }) => extensions.code)].join(' ')
}

/** The tables of the doors. */
export interface DoorTables {
  /** Revocations, policies of groups, and applications. */
  readonly access: TableConfig
  readonly rates: TableConfig
  readonly notes: TableConfig
}

/** Stores an application that can use `burst` units of cost at once. Returns its key. */
async function newApplication(access: TableConfig, now: number, id: string, burst: number): Promise<string> {
  const key = apiKeyOf('bench', id, secretOf())
  const second = Math.floor(now / 1000)
  const keys = [{ digest: digestOf(key), createdAt: second, endsAt: second + 3600 }]
  const limits = { burst, perSecond: 1 }
  await addApplication(createTable(access), { id, stage: 'bench', clients: ['bench:bench'], keys, limits }, now)
  return key
}

/** Creates the doors, whose clock does not move: no bucket is refilled during the measurement. */
export async function createDoorWorld({ access, rates, notes: table }: DoorTables): Promise<DoorWorld> {
  const now = Date.now()
  const issuer = createIssuer({ issuer: issuerUrl, audience, scope: 'read' })
  const fetchKeys = async () => Response.json(issuer.jwks)
  const clock = () => now
  const options = { loopbackIssuers: 'trust', environment: {}, log: () => {}, fetch: fetchKeys, clock } as const
  const config = { stage: 'bench', development: false, resource: audience, issuers, access, rates, iam, table } as const
  const rest = { operations: 'any', executor: undefined, cursorSecrets: ['x'.repeat(32)] } as const
  const byToken = await eventsByToken(issuer.mint, await newOpaqueToken(access, now))
  const { none, first } = byToken
  const key = await newApplication(access, now, 'app', 5)
  const ample = await newApplication(access, now, 'ample', 1_000_000)
  const withKey = (text: string) => ({ ...first, headers: { ...first.headers, 'x-api-key': text } })
  return {
    authorizer: () => {
      const authorize = createAuthorizer({ issuers, resource: audience, access, gateDenies: false }, options)
      return async (event) => (await authorize(event)).context.verdict
    },
    endpoint: () => {
      const handle = createHandler({ ...config, ...rest }, options)
      return async (event) => statusOf(await handle(event, lambdaContext))
    },
    byToken,
    bound: await eventsWithProofs(issuer.mint, { eventWith: (header) => eventOf(query, header), htu: audience }),
    byKey: {
      good: withKey(key),
      ample: withKey(ample),
      unknown: withKey(apiKeyOf('bench', 'ghost', secretOf())),
      malformed: withKey('secret'),
    },
    signed: {
      none: signedEvent(none, {}),
      otherPool: signedEvent(none, signer('eu-west-1:other')),
      person: signedEvent(none, signer(identityPoolId)),
    },
  }
}
