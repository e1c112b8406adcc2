/**
 * A request that tries to be expensive takes at most a few times the busy time of an ordinary request of the same size,
 * for every hostile part and every size.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allPlaces } from './kit/arguments.ts'
import { documents, ordinary } from './kit/documents.ts'
import { type Caller, type Endpoint, startEndpoint } from './kit/endpoint.ts'
import { type Pair, ratioOf } from './kit/measure.ts'
import { type Attack, bodies, headers, memberPair, members } from './kit/requests.ts'
import { shapes } from './kit/shapes.ts'
import { printTable, type Row, record } from './kit/table.ts'

/** Largest allowed ratio of a hostile request to its ordinary twin. */
const most = 3

/** Requests with a higher allowed ratio, with the reason. */
const exceptions: readonly [where: RegExp, most: number, why: string][] = [
  [/^nodes ids as alice, 1000 bytes/, 8, 'each of up to 100 ids is answered by itself, with an error of its own'],
  [/^brackets that nothing closes/, 30, 'JSON.parse makes lists of them, and nothing of a word of the same bytes'],
]

function mostOf(where: string): number {
  return exceptions.find(([pattern]) => pattern.test(where))?.[1] ?? most
}

const kilobyte = 1000
/** The last size is the largest allowed body. */
const sizes = [kilobyte, 10 * kilobyte, 100 * kilobyte, 999 * kilobyte]
/** The last two are the longest document that is cached, and the longest that is accepted. */
const documentSizes = [kilobyte, 9990, 49_990]
/** More than 10 kB of headers reaches the endpoint on a laptop only. */
const headerSizes = [kilobyte, 10 * kilobyte, 100 * kilobyte]

let endpoint: Endpoint
const rows: Row[] = []

beforeAll(async () => {
  endpoint = await startEndpoint()
})
afterAll(async () => {
  await endpoint.stop()
  printTable(rows)
})

interface Try {
  readonly name: string
  readonly bytes: number
  readonly pair: Pair
}

const places = allPlaces()

/** A value that is invalid for every argument. */
const mistake = '[[[]]]'

function valuesOf(shape: string): readonly Try[] {
  return sizes.flatMap((bytes) =>
    places.flatMap((place) => {
      const value = shapes[shape]?.(bytes - 600) ?? ''
      const query = JSON.stringify(place.query)
      const callers: Caller[] = bytes === 100 * kilobyte ? ['alice', 'anonymous'] : ['alice']
      return callers.map((caller) => ({
        name: `${place.name} as ${caller}`,
        bytes,
        pair: {
          hostile: () => ({ caller, body: `{"query":${query},"variables":${place.variables(value)}}` }),
          plain: [place.ordinary, place.variables(mistake)].map((variables) => () => ({
            caller,
            body: `{"query":${query},"variables":${variables},"extensions":{"plain":${value}}}`,
          })),
        },
      }))
    }),
  )
}

let documentsSent = 0
function newMark(): string {
  return `Q${(documentsSent++).toString(36)}`
}

function documentsOf(name: string): readonly Try[] {
  return documentSizes.map((bytes) => {
    const sent = (query: string) => ({ caller: 'anonymous' as const, body: JSON.stringify({ query }) })
    const hostile = () => sent(documents[name]?.(bytes, newMark()) ?? '')
    return { name, bytes, pair: { hostile, plain: [() => sent(ordinary(bytes, newMark()))] } }
  })
}

function attacksOf(attacks: Readonly<Record<string, Attack>>, at: readonly number[]) {
  return (name: string) =>
    at.flatMap((bytes) => {
      const pair = attacks[name]?.(bytes - 200)
      return pair ? [{ name, bytes, pair }] : []
    })
}

function membersOf(name: string): readonly Try[] {
  return sizes.flatMap((bytes) =>
    Object.entries(shapes).map(([shape, of]) => ({ name: shape, bytes, pair: memberPair(name, of(bytes - 200)) })),
  )
}

const groups = {
  values: { of: valuesOf, names: Object.keys(shapes) },
  documents: { of: documentsOf, names: Object.keys(documents) },
  headers: { of: attacksOf(headers, headerSizes), names: Object.keys(headers) },
  bodies: { of: attacksOf(bodies, sizes), names: Object.keys(bodies) },
  members: { of: membersOf, names: Object.keys(members) },
}

describe.each(Object.entries(groups))('the %s of a request', (group, { of, names }) => {
  it.each(names)(
    'cost at most a few times what is ordinary: %s',
    async (name) => {
      const dear: string[] = []
      for (const { name: place, bytes, pair } of of(name)) {
        const where = `${place}, ${bytes} bytes`
        const ratio = await ratioOf(endpoint, pair, mostOf(where))
        record(rows, { group, name, bytes, ratio })
        if (ratio > mostOf(where)) dear.push(`${where}: ${ratio.toFixed(1)}`)
      }
      expect(dear).toEqual([])
    },
    600_000,
  )
})
