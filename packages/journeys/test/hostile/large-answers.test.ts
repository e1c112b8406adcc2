/**
 * Large answers: one small request may select one long text under many names. The memory that an answer takes at its
 * peak is bounded by the largest answer, and compression takes the cheapest level.
 */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createdNote, responseTo, textOf } from './kit/decoded-response.ts'
import { type HostileRequest, type MeasuredEndpoint, startMeasuredEndpoint } from './kit/measured-endpoint.ts'
import { peakOf } from './kit/peak.ts'

let endpoint: MeasuredEndpoint
const notes: Record<string, string> = {}

/** Contents of 100,000 bytes: JSON escapes a NUL character by 6. */
const contents = { letters: 'a'.repeat(100_000), 'NUL characters': '\0'.repeat(100_000) }

beforeAll(async () => {
  endpoint = await startMeasuredEndpoint()
  for (const [name, content] of Object.entries(contents)) notes[name] = await createdNote(endpoint, content)
})
afterAll(() => endpoint.stop())

/** Selects the contents of one note `ids` × `names` times. */
function contentsOf(name: string, ids: number, names: number, coding = 'identity'): HostileRequest {
  const fields = Array.from({ length: names }, (_, at) => `c${at}: content`).join(' ')
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Note { ${fields} } } }`
  const body = JSON.stringify({ query, variables: { ids: Array(ids).fill(notes[name]) } })
  return { caller: 'alice', body, headers: { 'accept-encoding': coding } }
}

/** Bytes of the largest answer as JSON: 6,000,000 characters, each as an escape of 6. */
const largest = 36_000_000

/**
 * The text, its bytes, and the compressed bytes exist at once, with what was not collected yet. More than that would be
 * a second copy of an answer that is refused.
 */
const most = 6 * largest

const rows = Object.keys(contents).flatMap((name) =>
  ['identity', 'gzip', 'br'].flatMap((coding) =>
    [
      [100, 9],
      [60, 1],
      [61, 1],
      [3, 20],
    ].map(([ids = 0, names = 0]) => ({ name, coding, ids, names })),
  ),
)

describe('one note of 100,000 characters', () => {
  it.each(rows)('of $name, selected $ids × $names times in $coding, has a bounded peak', async (row) => {
    const sent = contentsOf(row.name, row.ids, row.names, row.coding)
    let codes: unknown
    const peak = await peakOf(async () => {
      const { errors } = await responseTo(endpoint, sent)
      codes = errors.map(({ extensions }) => extensions.code)
    })
    const fits = row.ids * row.names <= 60 && row.coding !== 'identity' && row.name === 'letters'
    expect(codes).toEqual(fits ? [] : ['LIMIT_EXCEEDED'])
    expect(peak).toBeLessThan(most)
  })

  it('selected once is answered', async () => {
    const { data, errors } = await responseTo(endpoint, contentsOf('NUL characters', 1, 1))
    expect([data.nodes, errors]).toEqual([[{ c0: contents['NUL characters'] }], []])
  })
})

describe('a compressed answer', () => {
  const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: size } = constants
  const cheapest: Readonly<Record<string, (text: string) => Buffer>> = {
    br: (text) => brotliCompressSync(text, { params: { [quality]: 1, [size]: text.length } }),
    gzip: (text) => gzipSync(text, { level: 1 }),
  }

  /** Words in an order that each level packs differently. */
  const varied = Array.from({ length: 12_000 }, (_, at) => `${(at * 7919) % 9973}`).join(' ')

  it.each(Object.keys(cheapest))('in %s has the bytes of the cheapest level', async (coding) => {
    notes.varied = await createdNote(endpoint, varied)
    const result = await endpoint.send(contentsOf('varied', 1, 1, coding))
    expect(result.headers?.['content-encoding']).toBe(coding)
    expect(result.body).toBe(cheapest[coding]?.(textOf(result)).toString('base64'))
  })
})
