/**
 * `npm run bench:compression`: processor time and size of each content coding, on responses of typical size, in one
 * run.
 */

import { cpus } from 'node:os'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { pseudoRandom } from './measure/pseudo-random.ts'

const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: hint } = constants

type Encode = (text: string) => Buffer

function gzip(level: number): Encode {
  return (text) => gzipSync(text, { level })
}

function brotli(level: number): Encode {
  return (text) => brotliCompressSync(text, { params: { [quality]: level, [hint]: text.length } })
}

const codings: Readonly<Record<string, Encode>> = {
  'gzip 1': gzip(1),
  'gzip 6 (default)': gzip(6),
  'br 1': brotli(1),
  'br 4': brotli(4),
  'br 11 (default)': brotli(11),
}

const words =
  'milk bread call Anna about the garden on Tuesday before rain comes; buy two bags of soil and a spade'.split(' ')

/** The response to a list of `count` notes, with fields and ids as in the API. */
function answerOf(count: number): string {
  const random = pseudoRandom(1)
  const text = (length: number) => Array.from({ length }, () => words[random.next().value % words.length]).join(' ')
  const id = () => Buffer.from(`Note:${random.next().value}${random.next().value}`).toString('base64url')
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: id(),
    title: text(4),
    content: text(25),
    tags: [text(1)],
    pinned: index % 9 === 0,
    version: index % 5,
    updatedAt: new Date(1_795_000_000_000 + random.next().value).toISOString(),
    viewerCan: { update: true, trash: true, share: true },
  }))
  return JSON.stringify({ data: { notes: { nodes, pageInfo: { hasNextPage: true, endCursor: id() } } } })
}

/** Median microseconds of one call, over a quarter of a second. */
function microsecondsOf(call: () => unknown): number {
  const times: number[] = []
  for (const end = performance.now() + 250; performance.now() < end || times.length < 5; ) {
    const start = performance.now()
    call()
    times.push((performance.now() - start) * 1000)
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? 0
}

console.log(`${cpus()[0]?.model}, Node ${process.version}; bytes as sent, microseconds at the median`)
for (const count of [1, 3, 6, 12, 30, 100, 300]) {
  const text = answerOf(count)
  console.log(
    `\n${count} notes, ${Buffer.byteLength(text)} bytes; JSON.stringify of it takes ${microsecondsOf(() => JSON.stringify(JSON.parse(text))).toFixed(0)} with its parse`,
  )
  for (const [name, encode] of Object.entries(codings)) {
    const bytes = encode(text).length
    const ratio = (Buffer.byteLength(text) / bytes).toFixed(1)
    console.log(
      `  ${name.padEnd(17)} ${String(bytes).padStart(7)} bytes  ${ratio.padStart(5)} : 1  ${microsecondsOf(() =>
        encode(text),
      )
        .toFixed(0)
        .padStart(7)} µs`,
    )
  }
}
