/**
 * `npm run bench:memory`: checks that memory does not grow over many different operations and tokens. Exits with 1 when
 * it does.
 */

import { fieldnotesHandler } from './hosts/fieldnotes-handler.ts'
import { eventOf, lambdaContext } from './world/event.ts'
import { createTrust } from './world/issuer.ts'
import { firstNoteOf } from './world/people-and-notes.ts'

const counts = { requests: 100_000, operations: 1_000, tokens: 10_000, sampleEvery: 10_000 }

/** Megabytes. After the first tenths of the run, in which caches fill, growth up to this is noise. */
const growthMax = 5

function numbers(count: number) {
  return Array.from({ length: count }, (_, number) => number)
}

/** One text per operation: each is parsed, validated and planned separately. */
const operations = numbers(counts.operations).map((number) => ({
  query: `query Q${number}($id: ID!) { note(id: $id) { id a${number}: title content tags owner { id email } } me { id name } }`,
  variables: { id: firstNoteOf(`u${1 + (number % 10)}`) },
}))

function megabytes(bytes: number) {
  return bytes / 1024 / 1024
}

function collected(): NodeJS.MemoryUsage {
  if (!globalThis.gc) throw new Error('run me with --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage()
}

const { identity, mint } = createTrust()
const handler = fieldnotesHandler(({ headers }) => identity.authenticate(headers))

/** Signs in batches of a thousand, in advance, because signing is slow. */
async function mintAll(): Promise<string[]> {
  const tokens: string[] = []
  for (let from = 0; from < counts.tokens; from += 1_000)
    tokens.push(...(await Promise.all(numbers(1_000).map((number) => mint(`person-${from + number}`)))))
  return tokens
}

async function send(request: number, tokens: readonly string[]): Promise<void> {
  const operation = operations[(request * 7) % counts.operations]
  const token = tokens[(request * 13) % counts.tokens]
  if (!operation || !token) throw new Error('no such operation or token')
  const event = eventOf({ ...operation, caller: 'full' }, `Bearer ${token}`)
  const { statusCode } = await handler(event, lambdaContext)
  if (statusCode !== 200) throw new Error(`request ${request} was answered with ${statusCode}`)
}

function show(cells: readonly string[]) {
  return process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

function sample(requests: number): number {
  const { heapUsed, external, rss } = collected()
  const held = megabytes(heapUsed + external)
  show([requests.toLocaleString('en'), held.toFixed(1), megabytes(rss).toFixed(0)])
  return held
}

const tokens = await mintAll()
show(['requests', 'held MB', 'resident MB'])
show(['---:', '---:', '---:'])
const held = [sample(0)]
for (let request = 1; request <= counts.requests; request += 1) {
  await send(request, tokens)
  if (request % counts.sampleEvery === 0) held.push(sample(request))
}
const growth = (held.at(-1) ?? 0) - (held[3] ?? 0)
const verdict = growth <= growthMax ? 'steady' : 'growing'
process.stdout.write(`\n${verdict}: ${growth.toFixed(1)} MB more after the last request than after 30,000\n`)
process.exitCode = verdict === 'steady' ? 0 : 1
