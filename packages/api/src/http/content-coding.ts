/** Content codings of responses (RFC 9110 §8.4.1), and the largest response that Lambda returns. */
import { AppError } from '@fieldnotes/core/error'
import { createLru } from '@fieldnotes/policy/lru'
import Negotiator from 'negotiator'
import type { Result } from './route.ts'

/** Bytes of a body as a JSON string. Lambda's limit is 6 MB (6,291,556 bytes), headers and escapes included. */
export const answerBytesMax = 5_500_000

/** Characters of the shortest body that is compressed. A shorter one would save less than one packet of 1,460 bytes. */
export const compressedFrom = 2_048

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
const offered = ['br', 'gzip', 'identity']

function negotiate(header: string): readonly string[] {
  return new Negotiator({ headers: { 'accept-encoding': header } }).encodings(offered)
}

/** Characters of `accept-encoding`. A longer header is ignored: no client needs more. */
const charactersMax = 200
/** Clients repeat the same header. */
const negotiated = createLru<string, readonly string[]>(100)

/** The coding for a body of this length; undefined for none, also when the client accepts no coding at all. */
function codingOf(length: number, header: string | undefined): Coding | undefined {
  if (!header || header.length > charactersMax || length === 0) return undefined
  const accepted = negotiated.get(header, () => negotiate(header))
  const [first] = accepted
  if (length < compressedFrom && accepted.includes('identity')) return undefined
  return first === 'br' || first === 'gzip' ? first : undefined
}

function tooLarge(): AppError {
  return new AppError('LIMIT_EXCEEDED', 'answer too large', {
    message: 'The answer is too large. Ask for fewer items or fields, or accept a compressed answer.',
    extensions: { status: 400 },
  })
}

/** Lambda returns text as a JSON string, with escapes. One UTF-16 unit is at most 6 bytes there. */
function isTooLarge(text: string): boolean {
  return text.length > answerBytesMax / 6 && Buffer.byteLength(JSON.stringify(text)) > answerBytesMax
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
  const bytes = (await encoders[coding](body)).toString('base64')
  if (bytes.length > answerBytesMax) throw tooLarge()
  return { ...result, headers: { ...headers, 'content-encoding': coding }, body: bytes, isBase64Encoded: true }
}
