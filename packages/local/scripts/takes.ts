/**
 * `node packages/local/scripts/takes.ts SECONDS && …` in a script of package.json says at the start how long the script
 * takes on two cores. For commands that show no progress of their own.
 */
import { durationWords } from '../src/progress.ts'

/** npm sets the name of the script that runs. */
const { npm_lifecycle_event: script = '' } = process.env
const command = script === 'test' ? 'npm test' : `npm run ${script}`
process.stderr.write(`${command}: about ${durationWords(Number(process.argv[2]))}.\n`)
