/** Checks that need no token: what any client of the API meets first. */
import { challengeHeaders } from '../gateway/challenge-header.ts'
import type { Target } from '../stage/target.ts'
import { metadataUrlOf } from '../stage/token-requests.ts'
import { type Answer, codesOf, operation, summaryOf } from './requests.ts'
import { assertRefused, assertThat, CheckSkipped, type SmokeWorld } from './smoke-world.ts'

/** `GET /health`. */
export async function health({ send }: SmokeWorld): Promise<string> {
  const answer = await send('/health')
  assertThat(answer.status === 200 && answer.body?.status === 'pass', `GET /health returned ${summaryOf(answer)}`)
  return '200, {"status":"pass"}'
}

/** The protected resource metadata (RFC 9728 §3). */
export async function metadata({ target, send }: SmokeWorld): Promise<string> {
  const url = metadataUrlOf(target.endpoint)
  const answer = await send(url)
  assertThat(answer.status === 200, `${url} returned ${summaryOf(answer)}`)
  assertThat(answer.body?.resource === target.endpoint, `the resource is ${answer.body?.resource}`)
  const issuers: readonly string[] = answer.body.authorization_servers ?? []
  assertThat(issuers.length > 0, 'no issuer is listed')
  return `lists ${issuers.join(', ')}`
}

/** A bad token is a 401, whose header and body say where to get one, also to a page of an allowed origin. */
export async function challenge({ target, send }: SmokeWorld): Promise<string> {
  const [origin] = target.origins
  const headers = origin === undefined ? {} : { origin }
  const answer = await send('/graphql', { method: 'POST', headers, body: operation('Me'), token: 'not.a.token' })
  assertRefused(target, answer, 'a bad token')
  if (target.gateDenies) return '403 by the gateway, which sends no challenge (FIELDNOTES_GATE_DENIES)'
  const name = assertPointers(target, answer)
  if (origin !== undefined) assertReadable(answer, origin, name)
  return `401; the gateway returns the challenge as ${name}, and the body points to the metadata`
}

/** Body and header of a 401 point to the metadata. Returns the name of the header. */
function assertPointers({ endpoint }: Target, { headers, body }: Answer): string {
  const url = metadataUrlOf(endpoint)
  const pointer = body?.errors?.[0]?.extensions?.resourceMetadata
  assertThat(pointer === url, `the body of the 401 points to ${pointer}`)
  const name = challengeHeaders.find((each) => headers.has(each))
  assertThat(name !== undefined, `the 401 has no header ${challengeHeaders.join(' or ')}`)
  const value = headers.get(name) ?? ''
  assertThat(value.includes(`resource_metadata="${url}"`), `${name} is: ${value}`)
  return name
}

/** A page of the origin may read the response and the header (Fetch Standard §3.2.3). */
function assertReadable({ headers }: Answer, origin: string, name: string): void {
  const allowed = headers.get('access-control-allow-origin')
  assertThat(allowed === origin, `a page of ${origin} may not read the 401: ${allowed}`)
  assertThat(listIn(headers, 'access-control-expose-headers').includes(name), `a page may not read ${name} of the 401`)
}

/** Items of a header with a list, in lower case. */
function listIn(headers: Headers, name: string): readonly string[] {
  const items = headers.get(name)?.split(',') ?? []
  return items.map((item) => item.trim().toLowerCase())
}

/** What a browser sends before each request of a page. A `*` would not cover `authorization`. */
const preflightRequest = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
}

/** A preflight (Fetch Standard §3.2.2) of an allowed origin, and of another one. */
export async function preflight({ target, send }: SmokeWorld): Promise<string> {
  const [origin] = target.origins
  if (origin === undefined) throw new CheckSkipped('the stage has no web origin')
  const request = (from: string) =>
    send('/graphql', { method: 'OPTIONS', headers: { origin: from, ...preflightRequest } })
  const { status, headers } = await request(origin)
  const allowed = headers.get('access-control-allow-origin')
  assertThat(status >= 200 && status < 300, `a preflight of ${origin} returned ${status}`)
  assertThat(allowed === origin, `a preflight of ${origin} was granted to ${allowed}`)
  assertGranted(headers)
  const other = (await request('https://other.example')).headers.get('access-control-allow-origin')
  assertThat(other === null, `a preflight of https://other.example was granted: ${other}`)
  return `granted to ${origin}, and not to https://other.example`
}

function assertGranted(headers: Headers): void {
  const methods = headers.get('access-control-allow-methods')
  assertThat(listIn(headers, 'access-control-allow-methods').includes('post'), `a page may use the methods ${methods}`)
  const granted = listIn(headers, 'access-control-allow-headers')
  const missing = ['authorization', 'content-type'].filter((name) => !granted.includes(name))
  assertThat(missing.length === 0, `a page may not send ${missing.join(', ')}`)
}

/** What a caller without a token, with a wrong method or at a wrong path gets. */
export async function refusals({ send }: SmokeWorld): Promise<string> {
  const me = await send('/graphql', { method: 'POST', body: operation('Me') })
  assertThat(codesOf(me).me === 'UNAUTHENTICATED' && me.body?.data?.me === null, `anonymous: ${summaryOf(me)}`)
  const mutation = `/graphql?query=${encodeURIComponent('mutation { createNote(input: { title: "x" }) { note { id } } }')}`
  for (const [path, method, status] of [
    [mutation, 'GET', 405],
    ['/graphql', 'DELETE', 405],
    ['/no/such/path', 'GET', 404],
  ] as const) {
    const answer = await send(path, { method })
    assertThat(answer.status === status, `${method} ${path.split('?')[0]} returned ${summaryOf(answer)}, not ${status}`)
  }
  return 'anonymous callers, mutations by GET, other methods and other paths are refused'
}
