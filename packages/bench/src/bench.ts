/**
 * `npm run bench`: compares every answer, measures all peers in one run, and prints the tables; a full run also writes
 * them to files.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { durationWords } from '@fieldnotes/local/progress'
import { benchCommand, secondsOf, usage } from './bench-command.ts'
import { measureAllCold } from './cold/cold-figures.ts'
import { fromCommandLine } from './measure/command-line.ts'
import { createWatch } from './measure/machine.ts'
import { report } from './report/report.ts'
import { picture } from './report/results-picture.ts'
import { measureWarm } from './warm/measure-warm.ts'
import { seedVariable } from './world/seeded-texts.ts'

const { plan, seed, folder, how } = await fromCommandLine(usage, benchCommand)
function note(line: string) {
  return process.stderr.write(`${line}\n`)
}
// Every measured process inherits it.
process.env[seedVariable] = String(seed)
const watch = createWatch(note)

note(`${how}: about ${durationWords(secondsOf(plan))}.`)
await watch.rest('before the run')
const warm = await measureWarm(plan, { note, watch })
note('cold starts')
const cold = await measureAllCold(plan, watch)
await watch.rest('after the run')

const when = new Date().toISOString().slice(0, 10)
const text = report({ warm, cold }, { when, how, others: watch.most() })
process.stdout.write(text)

if (folder !== undefined) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'RESULTS.md'), text)
  writeFileSync(join(folder, 'results.svg'), picture({ warm, cold }))
}
