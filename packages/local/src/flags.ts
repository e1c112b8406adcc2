/** Parses the flags of the commands. */
import { fileURLToPath } from 'node:url'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError, wordsOf } from './usage-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The default data folder: `.local/` of the repository. */
export const defaultFolder = fileURLToPath(new URL('../../../.local', import.meta.url))

/** Parses the flags in `words`. @throws UsageError for an unknown flag, a missing value or a stray word */
export function parseFlags<const T extends Options>(words: readonly string[], options: T, help: string) {
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError(`${wordsOf(error).replace(/\.( .*)?$/, '')}. Try ${help}`)
  }
}
