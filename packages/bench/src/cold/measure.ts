/** The cold measurement: a new process loads the bundle and answers one event; spawn to answer, interleaved, medians. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { differences } from '../compare.ts'
import type { Answer } from '../peer.ts'
import { median } from '../statistics.ts'
import { type Bundle, bundle } from './bundle.ts'
import type { ColdEntry } from './entries.ts'
import { type Start, startOnce } from './start-once.ts'

export interface ColdRow {
  readonly title: string
  readonly name: string
  readonly kilobytes: number
  readonly plain: Start
  /** With Node's own compile cache (`NODE_COMPILE_CACHE`), filled by two starts before. */
  readonly cached: Start
}

/** Entries that answer one event; the first one's answer is the right one. */
export interface ColdGroup {
  readonly entries: readonly ColdEntry[]
  readonly event: object
  readonly environment?: Readonly<Record<string, string>>
}

export interface ColdPlan {
  readonly starts: number
}

interface Candidate extends ColdEntry, Bundle {
  readonly plain: Start[]
  readonly cached: Start[]
}

/**
 * Bundles each entry, compares its first answer, then starts each so many times with and without a code cache.
 * @throws Error when a bundle answers differently
 */
export const measureCold = async ({ starts }: ColdPlan, group: ColdGroup): Promise<ColdRow[]> => {
  const root = await mkdtemp(join(tmpdir(), 'fieldnotes-cold-'))
  const environment = { ...group.environment }
  const caching = { ...environment, NODE_COMPILE_CACHE: join(root, 'code-cache') }
  try {
    const candidates = await prepare(root, group)
    await assertSame(candidates, caching)
    for (let start = 0; start < starts; start += 1) {
      for (const { directory, plain, cached } of start % 2 === 0 ? candidates : candidates.toReversed()) {
        plain.push((await startOnce(directory, environment)).start)
        cached.push((await startOnce(directory, caching)).start)
      }
    }
    return candidates.map(rowOf)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

const prepare = async (root: string, { entries, event }: ColdGroup): Promise<Candidate[]> => {
  const candidates: Candidate[] = []
  for (const entry of entries) {
    const made = await bundle(join(root, entry.name), entry)
    await writeFile(join(made.directory, 'event.json'), JSON.stringify(entry.own?.event ?? event))
    candidates.push({ ...entry, ...made, plain: [], cached: [] })
  }
  return candidates
}

/** Two starts of each fill its code cache, too. */
const assertSame = async (candidates: readonly Candidate[], caching: Readonly<Record<string, string>>) => {
  let expected: Answer | undefined
  for (const { name, directory, own } of [...candidates, ...candidates]) {
    const { answer } = await startOnce(directory, caching)
    expected ??= answer
    const wrong = answer.data ? differences(own?.answer ?? expected, answer) : [JSON.stringify(answer)]
    if (wrong.length > 0) throw new Error(`cold ${name} answers differently:\n  ${wrong.join('\n  ')}`)
  }
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
