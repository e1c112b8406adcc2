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
  assertOnce(words, options)
  return attempt(
    () => parseArgs({ args: [...words], options, strict: true, allowPositionals: true }),
    `${dashHint(words)} Try ${help}`,
  )
}

/** How to write an id that begins with a dash, as one of 64 does in base64url; empty where no word begins with one. */
function dashHint(words: readonly string[]): string {
  if (!words.some((word) => /^-[^-]/.test(word))) return ''
  return ' Of what begins with a dash, write a value as --flag=-value, and an operand at the end, after --.'
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
