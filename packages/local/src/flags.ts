/** Parses the flags of the commands. */
import { fileURLToPath } from 'node:url'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError, wordsOf } from './usage-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The default data folder: `.local/` of the repository. */
export const defaultFolder = fileURLToPath(new URL('../../../.local', import.meta.url))

/** Parses the flags in `words`. @throws UsageError for an unknown flag, a missing value or a stray word */
export function parseFlags<const T extends Options>(words: readonly string[], options: T, help: string) {
  return attempt(() => parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values, help)
}

/** Parses flags, and words that belong to no flag. @throws UsageError for an unknown flag and a missing value */
export function parseWords<const T extends Options>(words: readonly string[], options: T, help: string) {
  return attempt(() => parseArgs({ args: [...words], options, strict: true, allowPositionals: true }), help)
}

function attempt<Parsed>(parse: () => Parsed, help: string): Parsed {
  try {
    return parse()
  } catch (error) {
    throw new UsageError(`${wordsOf(error).replace(/\.( .*)?$/, '')}. Try ${help}`)
  }
}
