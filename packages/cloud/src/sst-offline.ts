/**
 * `npm run sst:offline -- diff --stage production`: SST's own command line on an empty account, in a copy of the
 * repository that is removed afterwards, with placeholders for settings that have no default.
 */
import { changedCopy } from './copy.ts'
import { exportedSettings } from './environment.ts'
import { installPlatform } from './platform.ts'
import { setSecrets } from './required-secrets.ts'
import { type Ended, offlineSst } from './sst.ts'

/** Value of the setting without a default. */
const placeholderOrigins = 'https://notes.example.com'

/** Splits `--stage=x` into `--stage x`. */
function apart(word: string): readonly string[] {
  return word.startsWith('--stage=') ? ['--stage', word.slice('--stage='.length)] : [word]
}

/** Adds a stage, because SST prompts for one otherwise. */
function stageOf(args: readonly string[]): readonly string[] {
  const index = args.indexOf('--stage')
  return index < 0 ? ['--stage', 'offline'] : args.slice(index, index + 2)
}

async function run(root: string, args: readonly string[]): Promise<Ended> {
  const settings = exportedSettings()
  const origins = settings.FIELDNOTES_ORIGINS || placeholderOrigins
  const sst = await offlineSst({ root, env: { ...settings, FIELDNOTES_ORIGINS: origins } })
  const stage = stageOf(args)
  try {
    const seeded = await setSecrets(sst, ...stage)
    if (seeded.status !== 0) return seeded
    return await sst.run(...args, ...(args.includes('--stage') ? [] : stage))
  } finally {
    sst.close()
  }
}

await installPlatform()
const copy = changedCopy([])
try {
  const { status, output } = await run(copy.root, process.argv.slice(2).flatMap(apart))
  process.stdout.write(output)
  process.exitCode = status
} finally {
  copy.remove()
}
