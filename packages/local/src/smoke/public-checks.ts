/** Checks that need no token: what any client of the API meets first. */
import { challengeHeaders } from '../gateway/challenge-header.ts'
import { metadataUrlOf } from '../stage/token-requests.ts'
import { codesOf, operation, summaryOf } from './requests.ts'
import { assertThat, CheckSkipped, type SmokeWorld } from './smoke-world.ts'

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

/** A bad token is a 401, whose header and body say where to get one. */
export async function challenge({ target, send }: SmokeWorld): Promise<string> {
  const answer = await send('/graphql', { method: 'POST', body: operation('Me'), token: 'not.a.token' })
  assertThat(answer.status === 401, `a bad token returned ${summaryOf(answer)}`)
  const pointer = answer.body?.errors?.[0]?.extensions?.resourceMetadata
  const url = metadataUrlOf(target.endpoint)
  assertThat(pointer === url, `the body of the 401 points to ${pointer}`)
  const name = challengeHeaders.find((each) => answer.headers.has(each))
  assertThat(name !== undefined, `the 401 has no header ${challengeHeaders.join(' or ')}`)
  const value = answer.headers.get(name) ?? ''
  assertThat(value.includes(`resource_metadata="${url}"`), `${name} is: ${value}`)
  return `401; the gateway returns the challenge as ${name}, and the body points to the metadata`
}

/** A preflight (Fetch Standard §3.2.2) of an allowed origin, and of another one. */
export async function preflight({ target, send }: SmokeWorld): Promise<string> {
  const [origin] = target.origins
  if (origin === undefined) throw new CheckSkipped('the stage has no web origin')
  const request = (from: string) => {
    const headers = { origin: from, 'access-control-request-method': 'POST' }
    return send('/graphql', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-headers': 'authorization' },
    })
  }
  const granted = await request(origin)
  const allowed = granted.headers.get('access-control-allow-origin')
  assertThat(
    granted.status < 300 && allowed === origin,
    `a preflight of ${origin} returned ${granted.status}, ${allowed}`,
  )
  const other = (await request('https://other.example')).headers.get('access-control-allow-origin')
  assertThat(other === null, `a preflight of https://other.example was granted: ${other}`)
  return `granted to ${origin}, and not to https://other.example`
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
