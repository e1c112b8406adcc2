/** Sums profiles of many cold starts: milliseconds of the main thread by phase and by library. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CallFrame, createLocator, libraryOf, type SourceLocation } from './frames.ts'
import { type Candidate, middle } from './measure-cold.ts'
import { phaseOf, type Stack } from './phases.ts'
import { type Start, startOnce } from './start-once.ts'

/** A file of `--cpu-prof`. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: CallFrame
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds. */
  readonly timeDeltas: readonly number[]
}

/** Profile of the starts of one bundle. */
export interface StartProfile {
  /** Medians of interleaved starts without a profiler. */
  readonly start: Start
  /** Milliseconds of the main thread after its first line, by phase; their sum is `start.load` plus `start.answer`. */
  readonly phases: ReadonlyMap<string, number>
  /** The same by library. */
  readonly libraries: ReadonlyMap<string, number>
}

/** Sampling interval. A shorter one slows down the measured code. */
const everyMicroseconds = 100

/** Starts the candidate a number of times with a profiler, and as often without one. */
export async function profileStarts(
  candidate: Candidate,
  environment: Readonly<Record<string, string>>,
  starts: number,
): Promise<StartProfile> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldnotes-profile-'))
  const flags = ['--cpu-prof', '--cpu-prof-interval', String(everyMicroseconds), '--cpu-prof-dir', folder]
  const taken: Start[] = []
  try {
    for (let start = 0; start < starts; start += 1) {
      await startOnce(candidate, { environment, flags })
      taken.push((await startOnce(candidate, { environment })).start)
    }
    const files = await readdir(folder)
    const profiles = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
    return addUp(
      profiles.map((text) => JSON.parse(text) as CpuProfile),
      middle(taken),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Sums = Map<string, number>

function add(sums: Sums, key: string, amount: number) {
  return sums.set(key, (sums.get(key) ?? 0) + amount)
}

function addUp(profiles: readonly CpuProfile[], start: Start): StartProfile {
  const [phases, libraries]: [Sums, Sums] = [new Map(), new Map()]
  const locationOf = createLocator()
  let total = 0
  for (const profile of profiles)
    for (const [stack, microseconds] of samplesOf(profile, locationOf)) {
      total += microseconds
      add(phases, phaseOf(stack), microseconds)
      add(libraries, ownerOf(stack), microseconds)
    }
  // Sampling slows the process down, and samples count wall-clock time: only their shares are reliable.
  const scaled = (sums: Sums) =>
    new Map([...sums].map(([key, sum]) => [key, (sum / total) * (start.load + start.answer)]))
  return { start, phases: scaled(phases), libraries: scaled(libraries) }
}

/** The code that a sample is charged to. V8's own work, such as parsing JSON, is charged to its caller. */
function ownerOf([innermost = '', ...outer]: Stack): string {
  if (innermost === '(garbage collector)') return innermost
  return libraryOf([innermost, ...outer].find((location) => /[/:]/.test(location)) ?? innermost)
}

const program = /(^|\/)minimal-runtime\.mjs$/

/** Samples from the program's first line to the last sample in which the program runs. */
function samplesOf(profile: CpuProfile, locationOf: (frame: CallFrame) => SourceLocation): [Stack, number][] {
  const stacks = stacksOf(profile, locationOf)
  const samples = profile.samples.map((id, index): [Stack, number] => [
    stacks.get(id) ?? [],
    profile.timeDeltas[index] ?? 0,
  ])
  const isOurs = ([stack]: [Stack, number]) =>
    stack.some((location) => !/^(node:|\(|$)/.test(location) && /[/:]/.test(location))
  const first = samples.findIndex(([stack]) => stack.some((location) => program.test(location)))
  return samples.slice(first, samples.findLastIndex(isOurs) + 1)
}

function stacksOf({ nodes }: CpuProfile, locationOf: (frame: CallFrame) => SourceLocation): ReadonlyMap<number, Stack> {
  const stacks = new Map<number, Stack>()
  // Nodes precede their children.
  for (const { id, callFrame, children = [] } of nodes) {
    const stack = [locationOf(callFrame), ...(stacks.get(id) ?? [])]
    stacks.set(id, stack)
    for (const child of children) stacks.set(child, stack)
  }
  return stacks
}
