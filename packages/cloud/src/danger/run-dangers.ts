/**
 * `npm run danger [words, more words]`: applies each dangerous change, or those with these words in their name, to a
 * copy, and expects the test that guards it to fail.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProgress } from '@fieldnotes/local/progress'
import { type Change, changedCopy } from '../copy.ts'
import { root } from '../paths.ts'
import { installPlatform } from '../platform.ts'
import type { Danger } from './danger-row.ts'
import { dangers } from './dangers.ts'

interface Verdict {
  /** Failed tests, and files that failed before their first one: they look for their resource while they are read. */
  readonly failed: number
  readonly passed: number
}

/** Runs test files against a copy. Both counts are 0 when the copy can't be evaluated. */
function judge(changes: readonly Change[], files: readonly string[]): Promise<Verdict> {
  const copy = changedCopy(changes)
  const report = join(copy.root, 'report.json')
  const names = files.map((name) => `packages/cloud/test/${name}.test.ts`)
  const args = ['run', '--project', 'cloud', '--reporter', 'json', '--outputFile', report, ...names]
  const options = { cwd: root, env: { ...process.env, FIELDNOTES_ROOT: copy.root, FIELDNOTES_CODE: 'none' } }
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin/vitest'), args, options, () => {
      resolve(readVerdict(report))
      copy.remove()
    })
  })
}

/** The part of Vitest's report that is used. */
interface Report {
  readonly numFailedTests: number
  readonly numPassedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

function readVerdict(report: string): Verdict {
  try {
    const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    const unread = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.length)
    return { failed: numFailedTests + unread.length, passed: numPassedTests }
  } catch {
    return { failed: 0, passed: 0 }
  }
}

async function notice(danger: Danger): Promise<boolean> {
  progress.step(danger.what)
  const { failed, passed } = await judge([danger], [danger.noticedBy])
  const missed = passed > 0 ? 'NOT NOTICED' : 'NOT EVALUATED: the change breaks the program, and proves nothing'
  const verdict = failed > 0 ? 'red, as it must be' : missed
  progress.print(`${verdict}  ${danger.what} (${danger.file} → ${danger.noticedBy}.test.ts)`)
  return failed > 0
}

await installPlatform()
const words = process.argv.slice(2).join(' ').split(',')
const wanted = dangers.filter(({ what }) => words.some((each) => what.includes(each.trim())))
if (wanted.length === 0) throw new Error('no danger has these words')
const steps = wanted.length + 1
const progress = startProgress({ command: 'npm run danger', steps, noun: 'runs of tests', secondsEach: 5 })
progress.step('without any change')
const files = [...new Set(wanted.map(({ noticedBy }) => noticedBy))]
const unchanged = await judge([], files)
if (unchanged.failed > 0 || unchanged.passed === 0) throw new Error('the tests are not green without any change')
let missed = 0
for (const danger of wanted) if (!(await notice(danger))) missed += 1
progress.end()
process.stdout.write(`\n${wanted.length - missed} passed, ${missed} failed\n`)
process.exitCode = missed > 0 ? 1 : 0
