import { randomBytes } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { headerCharactersMax } from '../../src/graphql/remembered-header.ts'
import { answerBytesMax, compressedCharactersMax, compressedFrom, encode } from '../../src/http/content-coding.ts'
import { jsonResponse } from '../../src/http/responses.ts'

const long = `"${'Ein Vögelchen. '.repeat(400)}"`
const short = '{}'

async function codingOf(header: string | undefined, body = long): Promise<unknown> {
  return (await encode(jsonResponse(200, body), header)).headers?.['content-encoding']
}

const rows: readonly [header: string | undefined, coding: string | undefined][] = [
  [undefined, undefined],
  ['', undefined],
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['GZIP', 'gzip'],
  ['gzip, deflate, br, zstd', 'gzip'],
  ['br, gzip', 'br'],
  ['gzip;q=0.5, br;q=0.9', 'br'],
  ['gzip;q=0.9, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['*;q=0, gzip', 'gzip'],
  ['identity', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['identity;q=0', undefined],
  ['identity;q=0, gzip', 'gzip'],
  ['gzip;q=0, br;q=0', undefined],
  ['deflate', undefined],
  ['zstd, compress', undefined],
  ['gzip;q=x', undefined],
  [', ,;q=1', undefined],
  ['x-gzip', 'gzip'],
  ['X-GZIP, deflate', 'gzip'],
  ['x-gzip;q=0.5, br', 'br'],
  ['x-gzip;q=0', undefined],
  [`gzip${' '.repeat(headerCharactersMax - 4)}`, 'gzip'],
  [`gzip${' '.repeat(headerCharactersMax - 3)}`, undefined],
  [`${'x,'.repeat(19)}gzip`, 'gzip'],
  [`${'x,'.repeat(20)}gzip`, undefined],
]

describe('encode', () => {
  it.each(rows)('answers a client that takes %.70s with %s, each time', async (header, coding) => {
    expect([await codingOf(header), await codingOf(header)]).toEqual([coding, coding])
  })

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)(
    'says in %s what was to be said, byte for byte, and nothing else of the answer changes',
    async (coding, decode) => {
      const plain = jsonResponse(418, long, { 'x-more': 'yes' })
      const { body = '', headers, isBase64Encoded, statusCode } = await encode(plain, coding)
      expect(decode(Buffer.from(body, 'base64')).toString()).toBe(long)
      expect([isBase64Encoded, statusCode]).toEqual([true, 418])
      expect(headers).toEqual({ ...plain.headers, 'content-encoding': coding })
      expect(body.length).toBeLessThan(long.length / 4)
    },
  )

  it('varies by accept-encoding, compressed or not', async () => {
    for (const body of [long, short])
      expect((await encode(jsonResponse(200, body), 'gzip')).headers?.vary).toMatch(/\baccept-encoding\b/)
  })

  it('leaves what is short as it is', async () => {
    expect(await codingOf('gzip', 'x'.repeat(compressedFrom - 1))).toBeUndefined()
    expect(await codingOf('gzip', 'x'.repeat(compressedFrom))).toBe('gzip')
    expect(await codingOf('gzip', short)).toBeUndefined()
    expect(await encode({ statusCode: 204 }, 'gzip, identity;q=0')).toEqual({ statusCode: 204 })
  })

  it('compresses what is short for a client that takes nothing else', async () => {
    expect(await codingOf('gzip, identity;q=0', short)).toBe('gzip')
  })
})

describe('the bound of an answer', () => {
  const refusal = expect.objectContaining({ code: 'LIMIT_EXCEEDED', extensions: { status: 400 } })
  const quotes = `"${'\\"'.repeat(answerBytesMax / 4)}"`
  const noise = `"${randomBytes(answerBytesMax).toString('base64')}"`

  it.each([
    ['text that is too long', `"${'x'.repeat(answerBytesMax)}"`, undefined],
    ['text that its escapes make too long', quotes, 'identity'],
    ['text of which each character has an escape of six', '\u0001'.repeat(answerBytesMax / 6 + 1), undefined],
    ['text that compresses badly, plain', noise, undefined],
    ['text that compresses badly, compressed', noise, 'gzip'],
  ])('refuses %s', async (_, body, header) => {
    await expect(encode(jsonResponse(200, body), header)).rejects.toThrow(refusal)
  })

  /**
   * Characters of the longest text that V8 creates. Neither its JSON string nor its bytes in two copies could be made.
   */
  const longest = 2 ** 29 - 24

  it.each([undefined, 'gzip', 'br'])(
    'refuses a text that is too long before it makes a copy of it: %s',
    async (header) => {
      await expect(encode(jsonResponse(200, 'x'.repeat(longest)), header)).rejects.toThrow(refusal)
    },
  )

  it.each(['gzip', 'br'])('compresses in %s up to the limit of characters, and not one more', async (coding) => {
    const sent = (count: number) => encode(jsonResponse(200, 'x'.repeat(count)), coding)
    expect((await sent(compressedCharactersMax)).isBase64Encoded).toBe(true)
    await expect(sent(compressedCharactersMax + 1)).rejects.toThrow(refusal)
  })

  it.each(['gzip', 'br'])('is judged on what is sent: the same text fits in %s', async (coding) => {
    const { body = '' } = await encode(jsonResponse(200, quotes), coding)
    expect(body.length).toBeLessThan(answerBytesMax / 10)
  })

  it('lets pass what just fits', async () => {
    const body = 'x'.repeat(answerBytesMax - 2)
    expect((await encode(jsonResponse(200, body), undefined)).body).toBe(body)
  })
})
