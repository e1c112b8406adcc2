/** Content codings of the running cloud, as bytes on the wire. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { tokenOf } from './support/local-cloud.ts'
import { type RawAnswer, rawRequest } from './support/raw-request.ts'

const cloud = ephemeralCloud()
let token: string

const list = '{ notes(first: 100) { nodes { id title content tags version updatedAt } } }'
const create = 'mutation ($input: CreateNotesInput!) { createNotes(input: $input) { notes { id } } }'

function post(body: object, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const all = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }
  return rawRequest(`${cloud.url}/graphql`, { method: 'POST', headers: all, body: JSON.stringify(body) })
}

beforeAll(async () => {
  token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  const notes = Array.from({ length: 25 }, (_, index) => ({
    title: `Note ${index}`,
    content: 'Zwölf Eier. '.repeat(30),
  }))
  for (let times = 0; times < 4; times++) await post({ query: create, variables: { input: { notes } } })
})

const decoders = { br: brotliDecompressSync, gzip: gunzipSync } as const

describe('an answer of 100 notes', () => {
  it.each(['br', 'gzip'] as const)(
    'comes in %s to a client that takes it: the same, a fifth of the size',
    async (coding) => {
      const plain = await post({ query: list })
      const coded = await post({ query: list }, { 'accept-encoding': coding })
      expect(plain.headers).not.toHaveProperty('content-encoding')
      expect(coded.headers).toMatchObject({ 'content-encoding': coding, 'content-length': String(coded.bytes.length) })
      expect(decoders[coding](coded.bytes)).toEqual(plain.bytes)
      expect(coded.bytes.length).toBeLessThan(plain.bytes.length / 5)
      for (const { headers } of [plain, coded]) expect(headers.vary).toBe('accept, accept-encoding, origin')
    },
  )

  it('comes in what the client likes best', async () => {
    const codingOf = async (header: string) =>
      (await post({ query: list }, { 'accept-encoding': header })).headers['content-encoding']
    expect(await codingOf('gzip;q=0.5, br')).toBe('br')
    expect(await codingOf('br;q=0.5, gzip')).toBe('gzip')
    expect(await codingOf('deflate, zstd')).toBeUndefined()
    expect(await codingOf('*;q=0')).toBeUndefined()
  })
})

describe('an answer of a few bytes', () => {
  it('comes as it is, and says that it could have come otherwise', async () => {
    const { headers, bytes } = await post({ query: '{ __typename }' }, { 'accept-encoding': 'gzip, br' })
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'accept, accept-encoding, origin'])
    expect(JSON.parse(String(bytes)).data).toEqual({ __typename: 'Query' })
  })
})
