/** `npm run bench`: compares every answer, measures all in one run, prints the tables and writes them down. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureAllCold } from './cold/cold.ts'
import type { ColdPlan } from './cold/measure.ts'
import type { PeerName } from './peers.ts'
import { picture } from './picture.ts'
import { report } from './report.ts'
import { measureWarm, type WarmPlan } from './warm.ts'

const plans = {
  full: { rounds: 9, sliceMilliseconds: 60, warmUpMilliseconds: 100, passesMax: 20, starts: 15 },
  quick: { rounds: 3, sliceMilliseconds: 30, warmUpMilliseconds: 30, passesMax: 9, starts: 3 },
  smoke: { rounds: 1, sliceMilliseconds: 1, warmUpMilliseconds: 1, passesMax: 1, starts: 1, only: ['floor', 'ours'] },
} as const satisfies Record<string, WarmPlan & ColdPlan>

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, smoke: { type: 'boolean' }, only: { type: 'string' } },
})
const size = values.smoke ? 'smoke' : values.quick ? 'quick' : 'full'
const only = values.only?.split(',') as PeerName[] | undefined
const plan: WarmPlan & ColdPlan = { ...plans[size], ...(only && { only }) }
const note = (line: string) => process.stderr.write(`${line}\n`)

const warm = await measureWarm(plan, note)
note('cold starts')
const cold = await measureAllCold(plan, plan.only)
const how = ['npm run bench', ...process.argv.slice(2)].join(' ').replace('bench --', 'bench -- --')
const text = report({ warm, cold }, new Date().toISOString().slice(0, 10), how)
process.stdout.write(text)
// Some rows alone are no results: most goals would have no figure.
if (size !== 'smoke' && !only) {
  const home = join(import.meta.dirname, '..')
  writeFileSync(join(home, 'RESULTS.md'), text)
  writeFileSync(join(home, 'results.svg'), picture({ warm, cold }))
}
