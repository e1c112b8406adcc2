/** `npm run scopes -- FILE`: prints the least scopes that each operation of a document needs, from the rules alone. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { scopeTable } from '@fieldnotes/core/scopes'
import { type OperationNeeds, type SufficientScopes, scopesOfOperations } from '@fieldnotes/policy/operation-scopes'
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { spellingsOf } from '../src/remedy-options.ts'
import { rules } from '../src/rules.ts'

const help = `npm run -s scopes -- FILE [options]

  FILE                the document: operations with their fragments; - reads the standard input
  --operation NAME    only this operation
  --format text|json  text unless said
  --help              this text

Each set is enough where the conditions below it hold; the first one is the smallest. Fields behind a variable of @skip
or @include are counted.
`

/** What the person who typed the command can correct. */
export class ScopesUsageError extends Error {
  override readonly name = 'ScopesUsageError'
}

const cognito = spellingsOf({ name: 'cognito', scopes: scopeTable('/') })

function words(sets: readonly SufficientScopes[], spell: (scope: string) => string): string {
  return sets.map(({ scopes }) => (scopes.length === 0 ? 'none' : scopes.map(spell).join(' '))).join(', or ')
}

/** Fields that need the same beside scopes share a line. */
function conditionLines(conditions: SufficientScopes['conditions']): readonly string[] {
  const byText = new Map<string, string[]>()
  for (const [field, text] of conditions) byText.set(text, [...(byText.get(text) ?? []), field])
  return [...byText].map(([text, fields]) => `  and if    ${text}: ${fields.join(', ')}`)
}

/** Sets with the same conditions, which share their lines. */
function groupLines(sets: readonly SufficientScopes[], conditions: readonly string[]): readonly string[] {
  return [
    `  scopes    ${words(sets, (scope) => scope)}`,
    `  cognito   ${words(sets, (scope) => cognito.get(scope) ?? scope)}`,
    ...conditions,
  ]
}

function textOf({ kind, name, sets }: OperationNeeds): string {
  const groups = new Map<string, SufficientScopes[]>()
  for (const set of sets) {
    const lines = conditionLines(set.conditions).join('\n')
    groups.set(lines, [...(groups.get(lines) ?? []), set])
  }
  const found = [...groups].map(([lines, alike]) => groupLines(alike, lines === '' ? [] : [lines]).join('\n'))
  const needs = found.length === 0 ? '  no scope is enough: a field is open to no caller' : found.join('\n  or\n')
  return `${kind} ${name ?? '(without a name)'}\n${needs}\n`
}

function jsonOf({ sets, ...needs }: OperationNeeds): object {
  const shown = sets.map(({ scopes, conditions }) => ({ scopes, conditions: Object.fromEntries(conditions) }))
  return { ...needs, sets: shown }
}

function parsed(schema: GraphQLSchema, file: string, text: string): DocumentNode {
  try {
    const document = parse(text)
    const faults = validate(schema, document).map(({ message, locations = [] }) => `${locations[0]?.line}: ${message}`)
    if (faults.length === 0) return document
    throw new ScopesUsageError(`${file} is no valid document:\n  ${faults.join('\n  ')}`)
  } catch (error) {
    throw error instanceof ScopesUsageError ? error : new ScopesUsageError(`${file}: ${(error as Error).message}`)
  }
}

function textIn(file: string, read: (file: string) => string): string {
  try {
    return read(file)
  } catch {
    throw new ScopesUsageError(`${file} can't be read.`)
  }
}

const options = { operation: { type: 'string' }, format: { type: 'string' }, help: { type: 'boolean' } } as const

function parsedWords(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    throw new ScopesUsageError((error as Error).message)
  }
}

/**
 * The output for the words of a command line.
 * @throws ScopesUsageError for words, files and documents that are not acceptable
 */
export function scopesCommand(argv: readonly string[], read: (file: string) => string): string {
  const { values, positionals } = parsedWords(argv)
  if (values.help) return help
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new ScopesUsageError('Name one file.')
  const { format = 'text', operation } = values
  if (format !== 'text' && format !== 'json') throw new ScopesUsageError('--format is text or json.')
  const schema = unguardedSchema()
  const all = scopesOfOperations(schema, rules, parsed(schema, file, textIn(file, read)))
  const needs = all.filter(({ name }) => operation === undefined || name === operation)
  if (needs.length === 0) throw new ScopesUsageError(noneIn(file, all, operation))
  return format === 'json' ? `${JSON.stringify(needs.map(jsonOf), null, 2)}\n` : needs.map(textOf).join('\n')
}

function noneIn(file: string, all: readonly OperationNeeds[], operation: string | undefined): string {
  const names = all.map(({ name }) => name ?? '(without a name)').join(', ')
  return operation === undefined ? `${file} has no operation.` : `${file} has no operation ${operation}: ${names}.`
}

if (import.meta.main) {
  // The reader may close the pipe early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  try {
    const read = (file: string) => readFileSync(file === '-' ? 0 : file, 'utf8')
    process.stdout.write(scopesCommand(process.argv.slice(2), read))
  } catch (error) {
    if (!(error instanceof ScopesUsageError)) throw error
    process.stderr.write(`${error.message}\n\n${help}`)
    process.exitCode = 2
  }
}
