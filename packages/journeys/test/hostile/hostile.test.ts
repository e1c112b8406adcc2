/**
 * A request that tries to be expensive takes at most a few times the busy time of an ordinary request of the same size,
 * for every hostile part and every size.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ArgumentPosition, argumentPositions } from './kit/argument-positions.ts'
import { shapes } from './kit/costly-values.ts'
import { createdNote } from './kit/decoded-response.ts'
import { documents, ordinary } from './kit/documents.ts'
import { type Pair, ratioOf } from './kit/measure.ts'
import { type MeasuredEndpoint, type Sender, startMeasuredEndpoint } from './kit/measured-endpoint.ts'
import { sentOf, uses } from './kit/multiplied.ts'
import { printTable, type RatioRow, record } from './kit/ratio-table.ts'
import { type Attack, bodies, headers, memberPair, members, searches } from './kit/request-parts.ts'

/** Largest allowed ratio of a hostile request to its ordinary twin. */
const most = 3

/** Requests with a higher allowed ratio, with the reason. */
const exceptions: readonly [where: RegExp, most: number, why: string][] = [
  [/^nodes ids as alice, 1000 bytes/, 12, 'each of up to 100 ids is answered by itself, with an error of its own'],
  [/^refused fields of one note under 19 names/, 80, 'some thousands of refusals, of which 1,000 are answered'],
  [/^refused fields of one note/, 40, 'up to 1,000 errors, each with its location in the document and its path'],
  [/^one tag, 800 times/, 8, 'each of 800 tags is brought into normal form and judged'],
  [/^many parameters/, 6, 'each of 2,500 parameters is split and decoded'],
  [/^nulls in variables/, 8, 'ten errors, each with its location; the ordinary mistake has one'],
  [/^(un)?shareNote input as alice, 10{3,4} bytes/, 8, 'ten unknown members, each an error with its location'],
  [/^brackets that nothing closes/, 60, 'JSON.parse makes lists of them, and nothing of a word of the same bytes'],
  [
    /^plus signs/,
    6,
    'URLSearchParams replaces each plus sign, and finds nothing to replace in a word of the same bytes',
  ],
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

/** The last one is longer than a query string may be. */
const searchSizes = [kilobyte, 10 * kilobyte, 100 * kilobyte]

let endpoint: MeasuredEndpoint
/** Id of a note of alice. */
let note: string
const rows: RatioRow[] = []

beforeAll(async () => {
  endpoint = await startMeasuredEndpoint()
  note = await createdNote(endpoint, '\0'.repeat(100_000))
})
afterAll(async () => {
  await endpoint.stop()
  printTable(rows)
})

interface Measurement {
  readonly name: string
  readonly bytes: number
  readonly pair: Pair
}

const positions = argumentPositions()

/**
 * Sends from alice too, at one size: the work on a text is the same for every caller, and what a token adds does not
 * depend on the text.
 */
function callersAt(bytes: number, both: number): readonly Sender[] {
  return bytes === both ? ['anonymous', 'alice'] : ['anonymous']
}

/** A value that is invalid for every argument. */
const mistake = '[[[]]]'

/**
 * Up to 10 kB each shape is sent at each position. Larger values are a sample: a third of the positions for each shape,
 * other ones for the next shape, so that each position gets a third of the shapes.
 */
function positionsAt(bytes: number, shape: string): readonly ArgumentPosition[] {
  if (bytes <= 10 * kilobyte) return positions
  const third = Object.keys(shapes).indexOf(shape) % 3
  return positions.filter((_, at) => at % 3 === third)
}

function valuesOf(shape: string): readonly Measurement[] {
  return sizes.flatMap((bytes) =>
    positionsAt(bytes, shape).flatMap((position) => {
      const value = shapes[shape]?.(bytes - 600) ?? ''
      const query = JSON.stringify(position.query)
      const callers: Sender[] = bytes === 100 * kilobyte ? ['alice', 'anonymous'] : ['alice']
      return callers.map((caller) => ({
        name: `${position.name} as ${caller}`,
        bytes,
        pair: {
          hostile: () => ({ caller, body: `{"query":${query},"variables":${position.variables(value)}}` }),
          plain: [position.ordinary, position.variables(mistake)].map((variables) => () => ({
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

function documentsOf(name: string): readonly Measurement[] {
  return documentSizes.flatMap((bytes) =>
    callersAt(bytes, 9990).map((caller) => {
      const sent = (query: string) => ({ caller, body: JSON.stringify({ query }) })
      const hostile = () => sent(documents[name]?.(bytes, newMark()) ?? '')
      return { name: `${name} as ${caller}`, bytes, pair: { hostile, plain: [() => sent(ordinary(bytes, newMark()))] } }
    }),
  )
}

/** Behind nothing, behind blanks, and behind line ends: an error's location is counted in lines. */
const fillers = { '': 'nothing', ' ': 'blanks', '\n': 'line ends' }

function usesOf(name: string): readonly Measurement[] {
  return Object.entries(fillers).map(([filler, behind]) => {
    const hostile = () => sentOf(name, { note, mark: newMark(), filler })
    const { caller, body = '' } = hostile()
    const { query, variables } = JSON.parse(body)
    const plain = (sent: () => string) => () => ({
      caller,
      body: JSON.stringify({ query: sent(), extensions: { plain: variables } }),
    })
    return {
      name: `${name}, behind ${behind}`,
      bytes: body.length,
      pair: {
        hostile,
        plain: [plain(() => `{ ${newMark()} }`.padEnd(query.length)), plain(() => ordinary(query.length, newMark()))],
      },
    }
  })
}

function attacksOf(attacks: Readonly<Record<string, Attack>>, at: readonly number[]) {
  return (name: string) =>
    at.flatMap((bytes) =>
      callersAt(bytes, 10 * kilobyte).flatMap((caller) => {
        const pair = attacks[name]?.(bytes - 200, caller)
        return pair ? [{ name: `${name} as ${caller}`, bytes, pair }] : []
      }),
    )
}

function membersOf(name: string): readonly Measurement[] {
  return sizes.flatMap((bytes) =>
    callersAt(bytes, 10 * kilobyte).flatMap((caller) =>
      Object.entries(shapes).map(([shape, of]) => ({
        name: `${shape} as ${caller}`,
        bytes,
        pair: memberPair(name, of(bytes - 200), caller),
      })),
    ),
  )
}

const groups = {
  values: { of: valuesOf, names: Object.keys(shapes) },
  documents: { of: documentsOf, names: Object.keys(documents) },
  headers: { of: attacksOf(headers, headerSizes), names: Object.keys(headers) },
  uses: { of: usesOf, names: Object.keys(uses) },
  searches: { of: attacksOf(searches, searchSizes), names: Object.keys(searches) },
  bodies: { of: attacksOf(bodies, sizes), names: Object.keys(bodies) },
  members: { of: membersOf, names: Object.keys(members) },
}

describe.each(Object.entries(groups))('the %s of a request', (group, { of, names }) => {
  it.each(names)(
    'cost at most a few times what is ordinary: %s',
    async (name) => {
      const dear: string[] = []
      for (const { name: variant, bytes, pair } of of(name)) {
        const where = `${variant}, ${bytes} bytes`
        const ratio = await ratioOf(endpoint, pair, mostOf(where))
        record(rows, { group, name, bytes: 10 ** Math.ceil(Math.log10(bytes)), ratio })
        if (ratio > mostOf(where)) dear.push(`${where}: ${ratio.toFixed(1)}`)
      }
      expect(dear).toEqual([])
    },
    600_000,
  )
})
