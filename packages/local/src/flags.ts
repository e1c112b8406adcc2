/** Parses the flags of the commands. */
import { fileURLToPath } from 'node:url'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError, wordsOf } from './usage-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The default data folder: `.local/` of the repository. */
export const defaultFolder = fileURLToPath(new URL('../../../.local', import.meta.url))

/**
 * Parses the flags in `words`.
 * @throws UsageError for an unknown flag, a missing value, a stray word, and a flag with two values
 */
export function parseFlags<const T extends Options>(words: readonly string[], options: T, help: string) {
  assertOnce(words, options)
  return attempt(
    () => parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values,
    `${dashHint(words)} Try ${help}`,
  )
}

/**
 * Parses flags, and words that belong to no flag.
 * @throws UsageError for an unknown flag, a missing value, and a flag with two values
 */
export function parseWords<const T extends Options>(words: readonly string[], options: T, help: string) {
  const args = operandsLast(words, options)
  assertOnce(args, options)
  return attempt(
    () => parseArgs({ args, options, strict: true, allowPositionals: true }),
    `${dashHint(words)} Try ${help}`,
  )
}

/**
 * The words, with those of no flag at the end, after `--`, where one of them begins with a dash: one of 64 ids does in
 * base64url, and no flag begins with a single one. An id from a log is an operand as it is.
 */
function operandsLast(words: readonly string[], options: Options): string[] {
  const end = words.indexOf('--')
  const [flags, operands]: [string[], string[]] = [[], []]
  let isValue = false
  for (const word of end < 0 ? words : words.slice(0, end)) {
    const isFlag: boolean = !isValue && word.startsWith('--')
    ;(isValue || isFlag ? flags : operands).push(word)
    isValue = isFlag && Object.hasOwn(options, word.slice(2)) && options[word.slice(2)]?.type === 'string'
  }
  if (!operands.some((word) => word.startsWith('-'))) return [...words]
  return [...flags, '--', ...operands, ...(end < 0 ? [] : words.slice(end + 1))]
}

/** How to write a value that begins with a dash; empty where no word begins with one. */
function dashHint(words: readonly string[]): string {
  if (!words.some((word) => /^-[^-]/.test(word))) return ''
  return ' Of what begins with a dash, write a value as --flag=-value.'
}

/** `parseArgs` keeps the last value of a flag and drops the others. */
function assertOnce(words: readonly string[], options: Options): void {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true })
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
  const repeated = names.find((name, index) => {
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    return option?.type === 'string' && !option.multiple && names.indexOf(name) < index
  })
  if (repeated !== undefined) throw new UsageError(`--${repeated} takes one value, and is given twice.`)
}

function attempt<Parsed>(parse: () => Parsed, tail: string): Parsed {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${wordsOf(error).replace(/\.( .*)?$/, '')}.${tail}`)
  }
}
