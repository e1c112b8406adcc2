/** `npm run prove`: checks the statements about the rules for every caller and every object. */
import { createModel, prove } from '@fieldnotes/policy/prove'
import { formatProofs } from '@fieldnotes/policy/prove-text'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { knowledge } from '../src/knowledge.ts'
import { rules } from '../src/rules.ts'
import { statements } from '../src/statements.ts'
import { growthText } from './prove-growth.ts'

const help = `npm run -s prove -- [options]

  --growth   how the time grows with fields and atoms
  --help     this text

packages/api/src/statements.ts has the statements. A false one is printed with its smallest counterexample: a caller, an
object, and a request to send. The command fails when a statement is false.
`

function run(): void {
  const start = performance.now()
  const proofs = prove(createModel(unguardedSchema(), rules, knowledge), statements)
  const milliseconds = Math.round(performance.now() - start)
  process.stdout.write(`${formatProofs(proofs)}${milliseconds} ms\n`)
  process.exitCode = proofs.every(({ holds }) => holds) ? 0 : 1
}

const words = process.argv.slice(2)
if (words.includes('--help')) process.stdout.write(help)
else if (words.includes('--growth')) process.stdout.write(growthText())
else run()
