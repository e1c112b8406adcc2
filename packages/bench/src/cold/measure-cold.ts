/**
 * The cold measurement: a new process loads the bundle and answers one event. Time from spawn to answer, interleaved,
 * medians.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { differences } from '../contract/compare.ts'
import type { GraphQLResponse } from '../contract/peer.ts'
import { median } from '../measure/statistics.ts'
import { type Bundle, bundle } from './bundle-entry.ts'
import type { ColdEntry } from './entries.ts'
import { type Start, startOnce } from './start-once.ts'

/** All starts of one entry. */
export interface ColdRow {
  readonly title: string
  readonly name: string
  readonly kilobytes: number
  readonly plain: readonly Start[]
  /** With Node's compile cache (`NODE_COMPILE_CACHE`), filled by two earlier starts. */
  readonly cached: readonly Start[]
}

/** Milliseconds of processor time of each start of a row; empty when the row was not started. */
export function cpuTimes(rows: readonly ColdRow[], name: string, way: 'plain' | 'cached'): number[] {
  return (rows.find((row) => row.name === name)?.[way] ?? []).map(({ cpu }) => cpu)
}

/** Entries that answer one event; the first one's answer is the reference. */
export interface ColdGroup {
  readonly entries: readonly ColdEntry[]
  readonly event: object
  readonly environment?: Readonly<Record<string, string>>
}

/** Number of starts of each entry. */
export interface ColdPlan {
  readonly starts: number
}

/** A bundled entry. */
export type Candidate = ColdEntry & Bundle

/** Environments without and with a code cache. */
export type Environments = Readonly<Record<'plain' | 'cached', Readonly<Record<string, string>>>>

/**
 * Bundles each entry and compares its first answer, which fills its code cache. The files are removed after `act`.
 * @throws Error when a bundle's answer differs
 */
export async function withBundles<Out>(
  group: ColdGroup,
  act: (candidates: readonly Candidate[], environments: Environments) => Promise<Out>,
): Promise<Out> {
  const root = await mkdtemp(join(tmpdir(), 'fieldnotes-cold-'))
  const plain = { ...group.environment }
  const cached = { ...plain, NODE_COMPILE_CACHE: join(root, 'code-cache') }
  try {
    const candidates = await prepare(root, group)
    await assertSame(candidates, cached)
    return await act(candidates, { plain, cached })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/**
 * Starts each entry `starts` times, without and with a code cache.
 * @throws Error when a bundle's answer differs
 */
export function measureCold({ starts }: ColdPlan, group: ColdGroup): Promise<ColdRow[]> {
  return withBundles(group, async (candidates, { plain, cached }) => {
    const rows = candidates.map((candidate) => ({ candidate, plain: [] as Start[], cached: [] as Start[] }))
    for (let start = 0; start < starts; start += 1) {
      for (const row of start % 2 === 0 ? rows : rows.toReversed()) {
        row.plain.push((await startOnce(row.candidate, { environment: plain })).start)
        row.cached.push((await startOnce(row.candidate, { environment: cached })).start)
      }
    }
    return rows.map(({ candidate: { title, name, kilobytes }, ...taken }) => ({ title, name, kilobytes, ...taken }))
  })
}

async function prepare(root: string, { entries, event }: ColdGroup): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const entry of entries) {
    const made = await bundle(join(root, entry.name), entry)
    await writeFile(join(made.directory, 'event.json'), JSON.stringify(entry.own?.event ?? event))
    candidates.push({ ...entry, ...made })
  }
  return candidates
}

/** Starts each entry twice, which also fills its code cache. */
async function assertSame(candidates: readonly Candidate[], environment: Environments['cached']) {
  let expected: GraphQLResponse | undefined
  for (const candidate of [...candidates, ...candidates]) {
    const { answer } = await startOnce(candidate, { environment })
    expected ??= answer
    const wrong = answer.data ? differences(candidate.own?.answer ?? expected, answer) : [JSON.stringify(answer)]
    if (wrong.length > 0) throw new Error(`cold ${candidate.name} answers differently:\n  ${wrong.join('\n  ')}`)
  }
}

/** Median of each figure. */
export function middle(starts: readonly Start[]): Start {
  const of = (figure: keyof Start) => median(starts.map((start) => start[figure]))
  const [wall, cpu, boot] = [of('wall'), of('cpu'), of('boot')]
  return { wall, cpu, boot, load: of('load'), answer: of('answer'), besides: of('besides') }
}
