/**
 * `npm run bench:cold`: starts of the bare handler, our server, Yoga + generic-auth and the deployed bundle,
 * interleaved.
 * `-- --starts 41` sets the number of starts; `-- --profile` shows where the starts of the deployed bundle and of the
 * bare handler spend their time.
 */

import { coldCommand, usage } from './cold/cold-command.ts'
import { deployedEntry, peerEntries } from './cold/entries.ts'
import { type ColdGroup, type ColdRow, cpuTimes, measureCold, withBundles } from './cold/measure-cold.ts'
import { phaseTitles } from './cold/phases.ts'
import { profileStarts, type StartProfile } from './cold/profile-starts.ts'
import { fromCommandLine } from './measure/command-line.ts'
import { ratioOf } from './measure/statistics.ts'
import { coldTable, table } from './report/report.ts'
import { eventOf } from './world/event.ts'
import { timed } from './world/operations.ts'

const { starts, profile } = await fromCommandLine(usage, coldCommand)
const peers = ['floor', 'ours', 'yoga-generic-auth']

function groupOf(names: readonly string[]): ColdGroup {
  return {
    entries: [...peerEntries.filter(({ name }) => names.includes(name)), deployedEntry],
    event: eventOf(timed.single, 'Bearer full'),
  }
}

const ways = ['cached', 'plain'] as const
const wayTitles = { cached: 'with a code cache', plain: 'without' }

function ratios(rows: readonly ColdRow[]): string {
  const line = (name: string) => [
    `deployed ÷ ${name}`,
    ...ways.map((way) => ratioOf(cpuTimes(rows, 'deployed', way), cpuTimes(rows, name, way)).value.toFixed(2)),
  ]
  return table(['processor time', ...ways.map((way) => wayTitles[way])], [line('floor'), line('yoga-generic-auth')])
}

function shown(milliseconds = 0): string {
  return milliseconds.toFixed(1)
}

/** Libraries below this many milliseconds are not listed. */
const leastShown = 0.2

function phaseTable(title: string, profiles: readonly StartProfile[]): string {
  const line = (name: string, of: (profile: StartProfile) => number | undefined) => [
    name,
    ...profiles.map((profile) => shown(of(profile))),
  ]
  return table(
    [title, 'bare handler', 'deployed'],
    [
      line('Node, until the first line of the program', ({ start }) => start.boot),
      ...phaseTitles.map((phase) => line(phase, ({ phases }) => phases.get(phase))),
      line('other threads: V8 compiles and collects', ({ start }) => start.besides),
      line('**all**', ({ start }) => start.cpu),
    ],
  )
}

function libraryTable({ libraries }: StartProfile): string {
  const rows = [...libraries].sort(([, one], [, other]) => other - one).filter(([, part]) => part >= leastShown)
  return table(
    ['deployed, by whose code runs', 'ms'],
    rows.map(([name, part]) => [name, shown(part)]),
  )
}

function print(text: string) {
  return process.stdout.write(`${text}\n\n`)
}

function printProfiles(): Promise<void> {
  return withBundles(groupOf(['floor']), async (candidates, environments) => {
    for (const way of ways) {
      const profiles: StartProfile[] = []
      for (const candidate of candidates) profiles.push(await profileStarts(candidate, environments[way], starts))
      print(phaseTable(`ms of processor time, ${wayTitles[way]}`, profiles))
      const [, deployed] = profiles
      if (deployed) print(libraryTable(deployed))
    }
  })
}

if (profile) await printProfiles()
else {
  const rows = await measureCold({ starts }, groupOf(peers))
  print(coldTable(rows))
  print(ratios(rows))
}
