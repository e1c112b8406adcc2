/** `npm run matrix`: prints who may read and do what, computed from the rules alone. */
import { readFileSync } from 'node:fs'
import { matrixOf } from '@fieldnotes/policy/matrix'
import { matrixCommand } from '@fieldnotes/policy/matrix-command'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { rules } from '../src/rules.ts'
import { kinds, words } from './kinds.ts'

const help = `npm run -s matrix -- [options]

  --format md|json|html   md unless said; html is one page with filters and short words
  --against FILE          also what changed since FILE, written by --format json
  --help                  this text

packages/api/MATRIX.md is \`npm run -s matrix > packages/api/MATRIX.md\`; a test fails when it is stale.
`

function print(args: readonly string[]): string {
  return args.includes('--help')
    ? help
    : matrixCommand(args, matrixOf(unguardedSchema(), rules, kinds, words), (file) => readFileSync(file, 'utf8'))
}

/** The reader may close the pipe early, as `head` does. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  process.stdout.write(print(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${help}`)
  process.exitCode = 2
}
