/** What each door adds to a request of a client: it reads the revocations, at most once in five seconds. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHandler } from '@fieldnotes/api/server'
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { eventOf, lambdaContext } from '../world/event.ts'
import { createIssuer } from '../world/issuer.ts'

/** One kind of request at one door, and the requests to DynamoDB that it makes. */
export interface DoorCost {
  readonly name: string
  readonly reads: number
  readonly writes: number
  /** What it has to be. */
  readonly expected: number
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A DynamoDB in between that counts what passes. */
async function countingProxy(endpoint: string) {
  const counts = { reads: 0, writes: 0 }
  const server = createServer(async (request, response) => {
    const isRead = /\.(Query|GetItem|BatchGetItem)$/.test(String(request.headers['x-amz-target']))
    counts[isRead ? 'reads' : 'writes'] += 1
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
    const body = await bytesOf(request)
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const contentType = answer.headers.get('content-type') ?? 'application/x-amz-json-1.0'
    response.writeHead(answer.status, { 'content-type': contentType }).end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { counts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

const audience = 'https://api.bench.dev/graphql'
const issuerUrl = 'https://issuer.bench.dev'
const provider = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Bench'
const iam = {
  userPool: { name: 'bench', issuer: issuerUrl },
  provider,
  identityPoolId: 'eu-west-1:bench',
  clientId: 'web',
  scopes: [],
  services: {},
}
const signed = {
  iam: {
    cognitoIdentity: {
      identityPoolId: iam.identityPoolId,
      amr: ['authenticated', provider, `${provider}:CognitoSignIn:x`],
    },
  },
}

const query = { query: '{ __typename }', variables: {}, caller: 'full' } as const

/** Creates each door anew for its first request, and sends a second one at once. */
export async function measureDoors(endpoint: string): Promise<readonly DoorCost[]> {
  const { counts, url, close } = await countingProxy(endpoint)
  const access = { name: 'bench-doors-access', region: 'eu-west-1', endpoint }
  await ensureTable(access, 'access')
  const counted = { ...access, endpoint: url }
  const issuer = createIssuer({ issuer: issuerUrl, audience, scope: 'read' })
  const row = { kind: 'oidc', name: 'bench', issuer: issuerUrl, jwksUri: `${issuerUrl}/keys`, audience } as const
  const issuers = [{ ...row, algorithms: ['RS256'], scopes: {} }] as const
  const options = {
    loopbackIssuers: 'trust',
    environment: {},
    log: () => {},
    fetch: async () => Response.json(issuer.jwks),
  } as const
  const tokens = await Promise.all(['a', 'b'].map((person) => issuer.mint(person)))
  const [first, second] = tokens.map((token) => eventOf(query, `Bearer ${token}`))
  if (!first || !second) throw new Error('no events')
  const authorize = createAuthorizer({ issuers, resource: audience, access: counted, gateDenies: false }, options)
  const config = { stage: 'bench', development: false, resource: audience, issuers, access: counted, iam } as const
  const table = { name: 'bench', region: 'eu-west-1', endpoint }
  const rest = { table, operations: 'any', executor: undefined, cursorSecrets: ['x'.repeat(32)] } as const
  const handle = createHandler({ ...config, ...rest }, options)
  const bySignature = (subject: string) => {
    const text = JSON.stringify(signed).replace(':x', `:${subject}`)
    const context = { ...first.requestContext, authorizer: JSON.parse(text) }
    return { ...first, rawPath: '/iam/graphql', routeKey: 'POST /iam/graphql', requestContext: context }
  }
  const { authorization: _, ...anonymous } = first.headers
  const acts: readonly (readonly [name: string, expected: number, act: () => Promise<unknown>])[] = [
    ['authorizer, without a token', 0, () => authorize({ ...first, headers: anonymous } as never)],
    ['authorizer, first token', 1, () => authorize(first as never)],
    ['authorizer, another token', 0, () => authorize(second as never)],
    ['/graphql, first token', 1, () => handle(first, lambdaContext)],
    ['/graphql, another token', 0, () => handle(second, lambdaContext)],
    ['/iam/graphql, same instance', 0, () => handle(bySignature('x'), lambdaContext)],
  ]
  const costs: DoorCost[] = []
  for (const [name, expected, act] of acts) {
    const before = { ...counts }
    await act()
    costs.push({ name, reads: counts.reads - before.reads, writes: counts.writes - before.writes, expected })
  }
  close()
  return costs
}
