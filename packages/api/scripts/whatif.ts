/** `npm run whatif`: judges the decisions of a log by other rules. */
import { parseArgs } from 'node:util'
import { formatWhatIf } from '@fieldnotes/policy/what-if-text'
import { judgeLog } from './judge-log.ts'

const help = `npm run -s whatif -- --log FILE [options]

  --log FILE    lines of the endpoint's log, whose events "decisions" are judged
  --rules REF   the rules of a commit; those of the working tree by default
  --recorded-by REF
                the commit whose rules recorded; HEAD by default
  --help        this text

FIELDNOTES_DECISION_SAMPLE=0.01 makes an endpoint record the decisions of one request in a hundred: facts and outcomes,
no ids and no contents. The command prints the fields, kinds of caller and counts that would differ, and fails when some
would, or when it is undetermined: a rule reads a fact that was not recorded, or that another test of its name recorded.
`

const options = {
  log: { type: 'string' },
  rules: { type: 'string' },
  'recorded-by': { type: 'string', default: 'HEAD' },
  help: { type: 'boolean' },
} as const

async function run(words: readonly string[]): Promise<boolean> {
  const { log, rules: reference, help: isHelp, 'recorded-by': by } = parseArgs({ args: [...words], options }).values
  if (isHelp) return process.stdout.write(help)
  if (log === undefined) throw new Error('Say --log FILE.')
  const result = await judgeLog({ log, rules: reference, recordedBy: by })
  process.stdout.write(formatWhatIf(result))
  return result.changed.length + result.undetermined.length === 0
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${help}`)
  process.exitCode = 2
}
