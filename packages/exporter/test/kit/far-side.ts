/** The far side of the wire: an issuer with a real key, and an endpoint with notes, reached by an injected `fetch`. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { readScope } from '../../src/exporter-identity.ts'

export const origin = 'https://api.example.com'
export const issuer = 'https://auth.example.com/oauth'

const { privateKey, publicKey } = await generateKeyPair('ES256')
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }

/** A note as the endpoint returns it. */
export type FarNote = Readonly<Record<string, unknown>> & { readonly id: string }

/** A note of the person. */
export function note(id: string, members: object = {}): FarNote {
  const times = { createdAt: '2026-11-22T09:00:00.000Z', updatedAt: '2026-11-22T09:00:00.000Z', trashedAt: null }
  const plain = { title: `Note ${id}`, content: `# ${id}\n`, tags: [], pinned: false, color: null, version: 1 }
  return { id, ...plain, ...times, viewerRole: 'OWNER', shares: [], ...members }
}

/** Claims of a token for the exporter; `change` replaces some of them. */
export function tokenFor(person: string, change: object = {}, typ = 'at+jwt'): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    ...{ iss: issuer, aud: `${origin}/exporter`, sub: person, client_id: 'fieldnotes-api', scope: readScope },
    ...{ iat: now, exp: now + 300, auth_time: now, login_id: 'login', jti: `j-${Math.random()}` },
    ...{ act: { sub: 'fieldnotes-api' }, ...change },
  }
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ }).sign(privateKey)
}

/** 27 base64url characters, as the ids of people have. */
export function personOf(name: string): string {
  return name.padEnd(27, '0')
}

/** An answer instead of the usual one. */
export interface Instead {
  readonly at: 'issuer' | 'endpoint'
  readonly status: number
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
  /** How often. Default: once. */
  readonly times?: number
  /** Usual answers before it. */
  readonly after?: number
}

/** What the far side answers, and what it was sent. */
export interface FarSide {
  readonly fetch: typeof fetch
  notes: readonly FarNote[]
  /** Requests that a token of the endpoint can be used for. */
  requestsOfToken: number
  /** Errors of the next pages, one list for each page. */
  errors: object[][]
  /** Status and body instead of the next answer of the issuer or the endpoint. */
  instead: Instead | undefined
  /** The offsets of the pages that were answered. */
  readonly pages: number[]
  /** Largest numbers of notes of the pages that were requested, refused ones too. */
  readonly sizes: number[]
  /** Parameters of the exchanges. */
  readonly exchanges: URLSearchParams[]
}

const pageSize = 2

/** An issuer that exchanges every token, and an endpoint whose pages have 2 notes. */
export function createFarSide(): FarSide {
  let left = 0
  const instead = (at: 'issuer' | 'endpoint') => {
    const { instead: found } = far
    if (found?.at !== at) return undefined
    if (found.after) {
      far.instead = { ...found, after: found.after - 1 }
      return undefined
    }
    const { times = 1, status, body, headers = {} } = found
    far.instead = times > 1 ? { ...found, times: times - 1 } : undefined
    return Response.json(body, { status, headers })
  }
  const exchange = (body: URLSearchParams) => {
    far.exchanges.push(body)
    left = far.requestsOfToken
    const token = { access_token: 'smaller', token_type: 'Bearer', expires_in: 300, scope: readScope }
    return instead('issuer') ?? Response.json(token)
  }
  const execute = (text: string): Response => {
    const { query, variables } = JSON.parse(text)
    if (variables.first) far.sizes.push(variables.first)
    const other = instead('endpoint')
    if (other) return other
    if (left <= 0) return Response.json({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }, { status: 401 })
    left -= 1
    if (query.startsWith('query ExportProfile'))
      return Response.json({ data: { me: { id: 'me', sessions: null } }, errors: refused })
    const at = Number(variables.since ?? 0)
    far.pages.push(at)
    const changes = far.notes.slice(at, at + pageSize).map((each) => ({ note: each }))
    const cursor = String(at + pageSize)
    const page = { changes, cursor, hasMore: at + pageSize < far.notes.length, resyncRequired: false }
    return Response.json({ data: { changes: page }, errors: far.errors.shift() ?? [] })
  }
  const far: FarSide = {
    ...{ notes: [], requestsOfToken: 100, errors: [], instead: undefined, pages: [], sizes: [], exchanges: [] },
    fetch: async (input, init) => {
      const url = String(input)
      if (url === `${issuer}/jwks`) return Response.json({ keys: [jwk] })
      if (url === `${issuer}/token`) return exchange(init?.body as URLSearchParams)
      if (url === `${origin}/graphql`) return execute(String(init?.body))
      throw new TypeError('fetch failed')
    },
  }
  return far
}

const refused = [{ path: ['me', 'sessions'], extensions: { code: 'FORBIDDEN' } }]
