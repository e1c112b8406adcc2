/**
 * SST's real command line for a look at a stage: `npm run sst:offline -- diff --stage production`. Works in a copy, on an
 * empty account, with placeholders for what a deployment must bring along; nothing stays behind.
 */
import { changedCopy } from './copy.ts'
import { exportedSettings } from './environment.ts'
import { installPlatform } from './platform.ts'
import { type Ended, offlineSst } from './sst.ts'

/** Instead of what has no default. Nobody is ever signed in by them: nothing is created. */
const placeholders = {
  origins: 'https://notes.example.com',
  cursorSecrets: 'a-placeholder-of-more-than-thirty-two-bytes',
}

/** `--stage=x` is `--stage x`. */
function apart(word: string): readonly string[] {
  return word.startsWith('--stage=') ? ['--stage', word.slice('--stage='.length)] : [word]
}

/** Without `--stage` SST would ask for a name. */
function stageOf(args: readonly string[]): readonly string[] {
  const place = args.indexOf('--stage')
  return place < 0 ? ['--stage', 'offline'] : args.slice(place, place + 2)
}

async function run(root: string, args: readonly string[]): Promise<Ended> {
  const settings = exportedSettings()
  const origins = settings.FIELDNOTES_ORIGINS || placeholders.origins
  const sst = await offlineSst({ root, env: { ...settings, FIELDNOTES_ORIGINS: origins } })
  const stage = stageOf(args)
  try {
    const seeded = await sst.run('secret', 'set', 'CursorSecrets', placeholders.cursorSecrets, ...stage)
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
