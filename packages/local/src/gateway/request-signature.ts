/**
 * Verifies the signature of a request as API Gateway does (AWS, "Signature Version 4 signing process"). aws4, a library
 * that signs, computes what the signature has to be.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import aws4, { type Request } from 'aws4'

/** Credentials, and what the gateway says of the caller that has them. */
export interface Signer {
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** `requestContext.authorizer.iam`. */
  readonly iam: Readonly<Record<string, unknown>>
}

/** Returns the signer of an access key and the session token that came with it; undefined for unknown ones. */
export type FindSigner = (accessKeyId: string, sessionToken: string) => Signer | undefined

interface SignatureOptions {
  readonly findSigner: FindSigner
  readonly region: string
  /** Returns milliseconds since the epoch. */
  readonly clock: () => number
}

/** Milliseconds by which the date of a signature may differ from the clock. */
const skewMs = 5 * 60_000

const service = 'execute-api'

/** An `Authorization` header, in parts. */
interface Parts {
  readonly accessKeyId: string
  readonly day: string
  readonly names: readonly string[]
  readonly signature: string
}

const form =
  /^AWS4-HMAC-SHA256 Credential=(\w{16,128})\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/

/** Undefined for another scheme, form, region or service. */
function partsOf(authorization: string, ownRegion: string): Parts | undefined {
  const [, accessKeyId = '', day = '', region, to, names = '', signature = ''] = form.exec(authorization) ?? []
  if (region !== ownRegion || to !== service) return undefined
  return { accessKeyId, day, names: names.split(';'), signature }
}

type Headers = APIGatewayProxyEventV2['headers']

function bodyOf({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
}

/** Milliseconds of `20261126T093000Z`; NaN for every other text. */
function instantOf(date = ''): number {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return iso === date ? Number.NaN : Date.parse(iso)
}

/** The date is of the scope's day, and near. NaN fails the comparison. */
function isTimely(headers: Headers, day: string, now: number): boolean {
  const date = headers['x-amz-date'] ?? ''
  return date.startsWith(day) && Math.abs(instantOf(date) - now) <= skewMs
}

/**
 * Every `x-amz-` header must be signed, or it could be changed on the way. The host must be too: aws4 always signs it,
 * so that a list without it is another one.
 */
function areSigned(headers: Headers, names: readonly string[]): boolean {
  const needed = Object.keys(headers).filter((name) => name.startsWith('x-amz-'))
  return needed.every((name) => names.includes(name)) && names.every((name) => Object.hasOwn(headers, name))
}

/** aws4 believes this header, so that a changed body would pass. */
function isBodyHash(headers: Headers, body: Buffer): boolean {
  const given = headers['x-amz-content-sha256']
  return given === undefined || given === createHash('sha256').update(body).digest('hex')
}

type NameSet = Readonly<Record<string, true>>

/** Headers that aws4 would add by itself, and those that it would leave out. */
interface Extra {
  readonly extraHeadersToIgnore: NameSet
  readonly extraHeadersToInclude: NameSet
}

function setOf(names: readonly string[]): NameSet {
  return Object.fromEntries(names.map((name) => [name, true as const]))
}

/**
 * Names of signed headers, and the signature, that this request has to have.
 * @throws URIError for a path or a query with an escape that can't be decoded
 */
function expected(event: APIGatewayProxyEventV2, { accessKeyId, names }: Parts, signer: Signer, region: string) {
  const { requestContext, rawPath, rawQueryString, headers } = event
  const body = bodyOf(event)
  const ignored = ['content-type', 'content-length'].filter((name) => !names.includes(name))
  const { secretAccessKey, sessionToken } = signer
  // The types of aws4 lack the last two members.
  const request: Request & Extra = {
    method: requestContext.http.method,
    path: rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`,
    service,
    region,
    headers: Object.fromEntries(names.map((name) => [name, headers[name]])),
    ...(body.length > 0 && { body }),
    extraHeadersToIgnore: setOf(ignored),
    // Without it aws4 leaves out some that a client may sign, such as `user-agent`.
    extraHeadersToInclude: setOf(names),
  }
  const signed = aws4.sign(request, { accessKeyId, secretAccessKey, sessionToken })
  const found = /SignedHeaders=([^,]*), Signature=([0-9a-f]{64})$/.exec(String(signed.headers?.Authorization))
  return { names: found?.[1] ?? '', signature: found?.[2] ?? '' }
}

/** Undefined where the target can't be decoded: there is no signature that it could have. */
function computable<Result>(compute: () => Result): Result | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/**
 * Returns what verifies an event with the headers that the client sent: the signer of a request whose signature is
 * valid, undefined for every other.
 */
export function createVerifySignature({ findSigner, region, clock }: SignatureOptions) {
  return (event: APIGatewayProxyEventV2): Signer | undefined => {
    const { headers } = event
    const parts = partsOf(headers.authorization ?? '', region)
    if (!parts || !isTimely(headers, parts.day, clock()) || !areSigned(headers, parts.names)) return undefined
    const signer = findSigner(parts.accessKeyId, headers['x-amz-security-token'] ?? '')
    if (!signer || !isBodyHash(headers, bodyOf(event))) return undefined
    const computed = computable(() => expected(event, parts, signer, region))
    // The list is a part of what is signed: it is sorted.
    if (computed?.names !== parts.names.join(';')) return undefined
    return timingSafeEqual(Buffer.from(computed.signature), Buffer.from(parts.signature)) ? signer : undefined
  }
}
