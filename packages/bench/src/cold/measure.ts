/** The cold measurement: a new process loads the bundle and answers one event; spawn to answer, interleaved, medians. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { differences } from '../compare.ts'
import { eventOf } from '../event.ts'
import { timed } from '../operations.ts'
import type { Answer } from '../peer.ts'
import { median } from '../statistics.ts'
import { type Bundle, bundle } from './bundle.ts'
import { type ColdEntry, coldEntries } from './entries.ts'

/** Milliseconds from spawning the process to its answer. */
interface Start {
  readonly wall: number
  readonly cpu: number
}

export interface ColdRow {
  readonly title: string
  readonly name: string
  readonly kilobytes: number
  readonly plain: Start
  /** With Node's own compile cache (`NODE_COMPILE_CACHE`), filled by two starts before. */
  readonly cached: Start
}

interface Candidate extends ColdEntry, Bundle {
  readonly plain: Start[]
  readonly cached: Start[]
}

type Note = (line: string) => void

export interface ColdPlan {
  readonly starts: number
  /** All entries, unless told. */
  readonly only?: readonly string[]
}

/**
 * Bundles each entry, compares its first answer, then starts each so many times with and without a code cache.
 * @throws Error when a bundle answers differently
 */
export const measureCold = async ({ starts, only }: ColdPlan, note: Note): Promise<ColdRow[]> => {
  const root = await mkdtemp(join(tmpdir(), 'fieldnotes-cold-'))
  try {
    const entries = coldEntries.filter(({ name }) => !only || only.includes(name))
    const candidates = await prepare(root, entries)
    note(`cold: ${candidates.length} bundles, first answers compared`)
    for (let start = 0; start < starts; start += 1) {
      const order = start % 2 === 0 ? candidates : candidates.toReversed()
      for (const candidate of order) await startTwice(root, candidate)
    }
    return candidates.map(rowOf)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

const prepare = async (root: string, entries: readonly ColdEntry[]): Promise<Candidate[]> => {
  const candidates: Candidate[] = []
  for (const entry of entries) {
    const directory = join(root, entry.name)
    const made = await bundle(directory, entry)
    await writeFile(join(directory, 'event.json'), JSON.stringify(eventOf(timed.single, 'Bearer full')))
    candidates.push({ ...entry, ...made, plain: [], cached: [] })
  }
  await assertSame(root, candidates)
  return candidates
}

/** Two starts of each fill its code cache; the answers must be the floor's. */
const assertSame = async (root: string, candidates: readonly Candidate[]) => {
  const answers = new Map<string, Answer>()
  for (const { name, directory } of [...candidates, ...candidates])
    answers.set(name, (await startOnce(directory, cacheOf(root))).answer)
  const expected = answers.get('floor')
  for (const [name, answer] of answers) {
    const wrong = expected ? differences(expected, answer) : ['no floor']
    if (wrong.length > 0) throw new Error(`cold ${name} answers differently:\n  ${wrong.join('\n  ')}`)
  }
}

const cacheOf = (root: string) => join(root, 'code-cache')

const startTwice = async (root: string, { directory, plain, cached }: Candidate) => {
  plain.push((await startOnce(directory)).start)
  cached.push((await startOnce(directory, cacheOf(root))).start)
}

const startOnce = async (directory: string, cache?: string): Promise<{ start: Start; answer: Answer }> => {
  const before = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.mjs'), directory], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...(cache && { NODE_COMPILE_CACHE: cache }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let [text, wall] = ['', Number.NaN]
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    wall = performance.now() - before
  })
  await once(child, 'close')
  const { body, cpu } = JSON.parse(text) as { body: string; cpu: number }
  return { start: { wall, cpu }, answer: JSON.parse(body) as Answer }
}

const rowOf = ({ title, name, kilobytes, plain, cached }: Candidate): ColdRow => ({
  title,
  name,
  kilobytes,
  plain: middle(plain),
  cached: middle(cached),
})

const middle = (starts: readonly Start[]): Start => ({
  wall: median(starts.map(({ wall }) => wall)),
  cpu: median(starts.map(({ cpu }) => cpu)),
})
