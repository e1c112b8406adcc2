/** Content codings of responses (RFC 9110 §8.4.1), and the largest response that Lambda returns. */
import { AppError } from '@fieldnotes/core/error'
import Negotiator from 'negotiator'
import { rememberedHeader } from '../graphql/remembered-header.ts'
import type { Result } from './route.ts'

/** Bytes of a body as a JSON string. Lambda's limit is 6 MB (6,291,556 bytes), headers and escapes included. */
export const answerBytesMax = 5_500_000

/** Characters of the shortest body that is compressed. A shorter one would save less than one packet of 1,460 bytes. */
export const compressedFrom = 2_048

/**
 * Longest body that is compressed, in characters. Compression holds the body, its bytes and the result in memory. A
 * response of the most characters that an operation may return, each escaped as two, is shorter.
 */
export const compressedCharactersMax = 15_000_000

type Coding = 'br' | 'gzip'

/** Loaded with the first response that needs it, and not at the start of an instance. */
function loadZlib() {
  return import('node:zlib')
}

type Done = (error: Error | null, bytes: Buffer) => void

/** Compresses outside the main thread. */
function encoded(start: (done: Done) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => start((error, bytes) => (error ? reject(error) : resolve(bytes))))
}

/**
 * The lowest levels. They send 20 % more bytes than gzip's default and a third more than brotli's, in a seventh and a
 * four-hundredth of the time (`npm run bench:compression`).
 */
const encoders: Readonly<Record<Coding, (body: string) => Promise<Buffer>>> = {
  async br(body) {
    const { brotliCompress, constants } = await loadZlib()
    const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: size } = constants
    return encoded((done) => brotliCompress(body, { params: { [quality]: 1, [size]: body.length } }, done))
  },
  async gzip(body) {
    const { gzip } = await loadZlib()
    return encoded((done) => gzip(body, { level: 1 }, done))
  },
}

/** Of codings with equal quality the one that the client names first is chosen: at level 1 they are equally good. */
const offered = ['br', 'gzip', 'x-gzip', 'identity']

/** Codings by the names that clients use (RFC 9110 §8.4.1.3). */
const codings: Readonly<Record<string, Coding>> = { br: 'br', gzip: 'gzip', 'x-gzip': 'gzip' }

interface Accepted {
  readonly preferred: Coding | undefined
  readonly plain: boolean
}

function negotiate(header: string): Accepted {
  const accepted = new Negotiator({ headers: { 'accept-encoding': header } }).encodings(offered)
  return { preferred: codings[accepted[0] ?? ''], plain: accepted.includes('identity') }
}

const negotiated = rememberedHeader(negotiate)

/** The coding for a body of this length; undefined for none, also when the client accepts no coding at all. */
function codingOf(length: number, header: string | undefined): Coding | undefined {
  const accepted = negotiated(header)
  if (!accepted || length === 0 || (length < compressedFrom && accepted.plain)) return undefined
  return accepted.preferred
}

function tooLarge(): AppError {
  return new AppError('LIMIT_EXCEEDED', 'answer too large', {
    message: 'The answer is too large. Select fewer items or fields, or accept a compressed answer.',
    extensions: { status: 400 },
  })
}

/**
 * Lambda returns text as a JSON string, with escapes. One UTF-16 unit is 1 to 6 bytes there. The string with escapes is
 * made only of a text that may fit, so that it is never longer than 6 times the limit.
 */
function isTooLarge(text: string): boolean {
  if (text.length <= answerBytesMax / 6) return false
  return text.length > answerBytesMax || Buffer.byteLength(JSON.stringify(text)) > answerBytesMax
}

/**
 * The result in the coding that `acceptEncoding` prefers, in base64 as Lambda returns bytes.
 * @throws LIMIT_EXCEEDED for a result that is larger than Lambda's limit
 */
export async function encode(result: Result, acceptEncoding: string | undefined): Promise<Result> {
  const { body = '', headers } = result
  const coding = codingOf(body.length, acceptEncoding)
  if (!coding) {
    if (isTooLarge(body)) throw tooLarge()
    return result
  }
  if (body.length > compressedCharactersMax) throw tooLarge()
  const bytes = (await encoders[coding](body)).toString('base64')
  if (bytes.length > answerBytesMax) throw tooLarge()
  return { ...result, headers: { ...headers, 'content-encoding': coding }, body: bytes, isBase64Encoded: true }
}
