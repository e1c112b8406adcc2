/**
 * `npm run bench:beside -- REF`: runs the quick comparison of another commit and of this tree in turn, and prints both
 * medians of each ratio. Each commit is measured by its own programs against its own peers, on one machine in one run.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { durationWords } from '@fieldnotes/local/progress'
import { fromCommandLine } from './measure/command-line.ts'
import { median } from './measure/statistics.ts'
import { goalRows } from './report/goal-rows.ts'

const root = join(import.meta.dirname, '../../..')
const usage = 'npm run bench:beside -- REF [ROUNDS]'
const install = ['--yes', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--prefer-offline']
const peers = 'ours,apollo-default,yoga-generic-auth,graphql-js'

function parse([ref, rounds = '3', ...others]: readonly string[]) {
  if (ref === undefined || others.length > 0) throw new Error('Name one commit.')
  if (!/^[1-9]$/.test(rounds)) throw new Error(`ROUNDS is a number from 1 to 9, not '${rounds}'.`)
  return { commit: execFileSync('git', ['rev-parse', '--short', ref], { cwd: root, encoding: 'utf8' }).trim(), rounds }
}

/** A clone at the commit, with its own libraries. */
function cloneAt(commit: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-beside-'))
  execFileSync('git', ['clone', '-q', root, folder])
  execFileSync('git', ['checkout', '-q', commit], { cwd: folder })
  execFileSync('npx', [...install, '--config.minimum-release-age=0'], { cwd: folder, stdio: 'ignore' })
  return folder
}

/** Ratios of one quick run by title. */
function measured(folder: string): ReadonlyMap<string, number> {
  const program = ['packages/bench/src/bench.ts', '--quick', '--only', peers]
  const node = join(folder, 'node_modules/.bin/node')
  return goalRows(execFileSync(node, program, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
}

const { commit, rounds } = await fromCommandLine(usage, parse)
process.stderr.write(`npm run bench:beside: about ${durationWords(Number(rounds) * 2 * 60)}.\n`)
const other = cloneAt(commit)
try {
  const runs = Array.from({ length: Number(rounds) }, () => [measured(other), measured(root)] as const)
  const titles = [...(runs[0]?.[1].keys() ?? [])].filter((title) => runs.every(([before]) => before.has(title)))
  process.stdout.write(
    `| medians of ${rounds} quick runs in turn | ${commit} | this tree | ÷ |\n| --- | ---: | ---: | ---: |\n`,
  )
  for (const title of titles) {
    const [before, now] = [0, 1].map((side) => median(runs.map((run) => run[side]?.get(title) ?? Number.NaN)))
    const cells = [before, now, Number(now) / Number(before)].map((value) => Number(value).toPrecision(3))
    process.stdout.write(`| ${title} | ${cells.join(' | ')} |\n`)
  }
} finally {
  rmSync(other, { recursive: true, force: true })
}
