/** `npm run prove`: checks the statements about the rules for every caller and every object. */
import { parseArgs } from 'node:util'
import { prove } from '@fieldnotes/policy/prove'
import { formatProofs } from '@fieldnotes/policy/prove-text'
import { statements } from '../src/statements.ts'
import { modelHere } from './models.ts'
import { compareWith } from './prove-against.ts'
import { growthText } from './prove-growth.ts'

const help = `npm run -s prove -- [options]

  --against REF   what the rules open and close since a commit, as Markdown, each with the smallest example
  --growth        how the time grows with fields and atoms
  --help          this text

Without options: checks the statements of packages/api/src/statements.ts. A false one is printed with its smallest
counterexample: a caller, an object, and a request to send. The command fails when a statement is false.

With --against, tests of one name are compared by examples of notes: a constant that they compare a text with is not
found, unless an example has it. NotePermissions.* are what a caller may do: the rule of the mutation, and the role.
It fails when a field is wider for some caller, or undetermined, unless the commit that opens it has a line such as
"Widens: Note.shares (person, service)": fields by commas, Note.* for all fields of a type, and the kinds of caller; all
without. A merged branch is one commit; what is not committed is announced by no line of an earlier one. It also fails when the rules
of packages/policy changed since REF: they decide on both sides, so that such a change needs a review of its own.
`

const options = {
  against: { type: 'string' },
  growth: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** Prints the proofs. Returns whether all statements hold. */
function proofs(): boolean {
  const start = performance.now()
  const found = prove(modelHere(), statements)
  const milliseconds = Math.round(performance.now() - start)
  process.stdout.write(`${formatProofs(found)}${milliseconds} ms\n`)
  return found.every(({ holds }) => holds)
}

async function comparison(reference: string): Promise<boolean> {
  const { text, announced } = await compareWith(reference)
  process.stdout.write(text)
  return announced
}

async function run(words: readonly string[]): Promise<boolean> {
  const { against, growth, help: isHelp } = parseArgs({ args: [...words], options }).values
  if (against !== undefined) return comparison(against)
  if (!isHelp && !growth) return proofs()
  process.stdout.write(isHelp ? help : growthText())
  return true
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${help}`)
  process.exitCode = 2
}
