/** Content codings of answers (RFC 9110 §8.4.1), and the size that Lambda can carry. */
import { AppError } from '@fieldnotes/core/error'
import { createLru } from '@fieldnotes/policy/lru'
import Negotiator from 'negotiator'
import type { Result } from './route.ts'

/** Bytes of an answer as a JSON string: Lambda gives up at 6 MB (6,291,556 bytes), headers and escapes included. */
export const answerBytesMax = 5_500_000

/** Characters from which on an answer is compressed. A shorter one saves less than one packet of 1,460 bytes. */
export const compressedFrom = 2_048

type Coding = 'br' | 'gzip'

/** Node's own, loaded with the first answer that needs it: the start of an instance does not wait for it. */
function loadZlib() {
  return import('node:zlib')
}

type Done = (error: Error | null, bytes: Buffer) => void

/** Off the main thread. */
function encoded(start: (done: Done) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => start((error, bytes) => (error ? reject(error) : resolve(bytes))))
}

/**
 * At the lowest level: it sends about 20 % more bytes than gzip's default and a third more than brotli's, and takes a seventh and a
 * four-hundredth of the time (`npm run bench:compression`: 35 kB of notes in 70 µs; the defaults take 470 µs and 28 ms).
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

/** Between codings that the client likes equally the one that it names first counts: at level 1 they are as good as each other. */
const offered = ['br', 'gzip', 'identity']

function negotiate(header: string): readonly string[] {
  return new Negotiator({ headers: { 'accept-encoding': header } }).encodings(offered)
}

/** Clients send the same header again and again, so that it is remembered. Characters of a header that is looked at: no client needs more. */
const charactersMax = 200
const negotiated = createLru<string, readonly string[]>(100)

/** The coding of an answer of this length; `undefined` leaves it as it is, also where the client takes nothing at all. */
function codingOf(length: number, header: string | undefined): Coding | undefined {
  if (!header || header.length > charactersMax || length === 0) return undefined
  const taken = negotiated.get(header, () => negotiate(header))
  const [first] = taken
  if (length < compressedFrom && taken.includes('identity')) return undefined
  return first === 'br' || first === 'gzip' ? first : undefined
}

function tooLarge(): AppError {
  return new AppError('LIMIT_EXCEEDED', 'answer too large', {
    message: 'The answer is too large. Ask for fewer items or fields, or accept a compressed answer.',
    extensions: { status: 400 },
  })
}

/** Plain text travels inside JSON, where every quote takes a backslash. One unit of a string is 6 bytes at most. */
function isTooLarge(text: string): boolean {
  return text.length > answerBytesMax / 6 && Buffer.byteLength(JSON.stringify(text)) > answerBytesMax
}

/**
 * The answer in the coding that `acceptEncoding` prefers, in base64 as Lambda wants bytes.
 * @throws LIMIT_EXCEEDED when what would be sent is larger than Lambda can carry
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
