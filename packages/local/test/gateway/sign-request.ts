/**
 * Signs an event from the steps of AWS's page "Create a signed AWS API request" alone, without the library that the
 * gateway judges with.
 */
import { createHash, createHmac } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** What is signed, and with what. Each member has a default that the gateway accepts. */
export interface Signing {
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: string
  readonly isBase64Encoded?: boolean
  /** Names of the signed headers; all headers without it. */
  readonly names?: readonly string[]
  readonly region?: string
  readonly service?: string
  readonly day?: string
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
}

export const now = Date.parse('2026-11-26T09:30:00Z')
export const accessKeyId = 'ASIA0123456789ABCDEF'
export const secretAccessKey = 'a-secret-key'
export const sessionToken = 'a-session-token'

/** `20261126T093000Z`. */
export function amzDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

export const usual: Readonly<Record<string, string>> = {
  host: 'api.test',
  'content-type': 'application/json',
  'x-amz-date': amzDate(now),
  'x-amz-security-token': sessionToken,
}

/** Names and values of query parameters in the canonical order. The tests use none that must be escaped. */
function canonicalQuery(query: string): string {
  return query.split('&').filter(Boolean).toSorted().join('&')
}

/** The event of a signed `POST /iam/graphql`. */
export function signedEvent(signing: Signing = {}): APIGatewayProxyEventV2 {
  const { headers = usual, query = '', body = '{}', isBase64Encoded = false, region = 'eu-west-1' } = signing
  const { service = 'execute-api', day = amzDate(now).slice(0, 8), names = Object.keys(headers).toSorted() } = signing
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('')
  const hash = headers['x-amz-content-sha256'] ?? sha256(bytes)
  const request = ['POST', '/iam/graphql', canonicalQuery(query), lines, names.join(';'), hash].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'] ?? '', scope, sha256(request)].join('\n')
  const parts = [day, region, service, 'aws4_request', text]
  const secret = `AWS4${signing.secretAccessKey ?? secretAccessKey}`
  const signature = parts.reduce<string | Buffer>(hmac, secret).toString('hex')
  const credential = `Credential=${signing.accessKeyId ?? accessKeyId}/${scope}`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return {
    rawPath: '/iam/graphql',
    rawQueryString: query,
    headers: { ...headers, authorization },
    requestContext: { http: { method: 'POST' } },
    body,
    isBase64Encoded,
  } as unknown as APIGatewayProxyEventV2
}
