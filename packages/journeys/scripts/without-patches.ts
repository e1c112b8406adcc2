/**
 * `npm run without:patches`: installs a copy of the repository without any patch, and runs in it the types, the unit
 * tests, all journeys but those that `journey-tests.ts` lists with a reason, and the bundle under Lambda's runtime
 * client. A security release of a patched library can then be deployed before its patch is remade. Prints what each
 * patch buys. Takes up to ten minutes on two cores.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProgress } from '@fieldnotes/local/progress'
import { copyRepository } from '../test/support/copy-repository.ts'
import { aboutPatches, journeyTests } from './journey-tests.ts'
import { patchTable, withoutPatches } from './patches.ts'

const root = join(import.meta.dirname, '../../..')

const install = [
  ...['npx --yes pnpm@12.21.0 install --no-frozen-lockfile --prefer-offline'],
  ...['--config.minimum-release-age=0', '--config.confirm-modules-purge=false'],
].join(' ')

function testsOf(projects: readonly string[], ...paths: readonly string[]): string {
  return ['node_modules/.bin/vitest run', ...projects.map((name) => `--project ${name}`), ...paths].join(' ')
}

/** Title → command, in the copy. Each must exit with 0. */
export const steps: Readonly<Record<string, string>> = {
  install,
  types: 'node_modules/.bin/tsc --noEmit',
  'unit tests': testsOf(['unit']),
  journeys: testsOf(['journeys', 'hostile'], ...journeyTests(aboutPatches)),
  // Builds the bundle, starts it, and compares its responses with those of `npm start`.
  'bundle in Lambda’s runtime': testsOf(['cloud'], 'packages/cloud/test/same-answers'),
}

/** Copies the repository, and removes the patches from the workspace file. */
function unpatchedCopy(): string {
  mkdirSync(join(root, '.local'), { recursive: true })
  const folder = mkdtempSync(join(root, '.local/unpatched-'))
  copyRepository(folder)
  const workspace = join(folder, 'pnpm-workspace.yaml')
  writeFileSync(workspace, withoutPatches(readFileSync(workspace, 'utf8')))
  return folder
}

/** Without this check, an installation that kept a patch would pass unnoticed. */
function assertUnpatched(folder: string): void {
  const patched = globSync('node_modules/.pnpm/*patch_hash*', { cwd: folder })
  if (patched.length > 0) throw new Error(`still patched: ${patched.join(', ')}`)
}

/** Runs one command in the copy, with the copy's Node. The report has the end of its output if it fails. */
function run(folder: string, title: string, command: string): { passed: boolean; report: string } {
  const started = performance.now()
  const PATH = `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH, NO_COLOR: '1' },
    maxBuffer: 1e9,
  })
  const seconds = Math.round((performance.now() - started) / 1000)
  const passed = status === 0
  const output = passed ? [] : `${stdout}${stderr}`.split('\n').slice(-200)
  return { passed, report: [`${passed ? 'passed' : 'FAILED'} ${title} (${seconds} s)`, ...output].join('\n') }
}

function printTable(): void {
  process.stdout.write('\nWhat each patch buys:\n')
  for (const { libraries, change, buys } of patchTable(readFileSync(join(root, 'patches/README.md'), 'utf8')))
    process.stdout.write(`  ${libraries.join(', ')}: ${change} → ${buys}\n`)
}

/** Whether all steps passed. The steps after a failed one run too. */
function runSteps(folder: string): boolean {
  const amount = { steps: Object.keys(steps).length, noun: 'steps', secondsEach: 120 }
  const progress = startProgress({ command: 'npm run without:patches', ...amount })
  let isGreen = true
  for (const [title, command] of Object.entries(steps)) {
    progress.step(title)
    const { passed, report } = run(folder, title, command)
    progress.print(report)
    isGreen = passed && isGreen
    if (title === 'install') assertUnpatched(folder)
  }
  progress.end()
  return isGreen
}

function main(): void {
  const folder = unpatchedCopy()
  try {
    process.exitCode = runSteps(folder) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  printTable()
}

if (import.meta.main) main()
