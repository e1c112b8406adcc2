import { withoutCredentials } from './without-credentials.ts'

/**
 * An error that the user of a command can correct; the message says how. The command prints it and ends with status 1
 * (2 for the operators' command).
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that was written correctly and could not be done: its target refused, or was out of reach. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/**
 * The whole message of anything thrown, without credentials. It can have several lines: a policy lists each problem on
 * its own.
 */
function messageOf(thrown: unknown): string {
  return withoutCredentials(thrown instanceof Error ? thrown.message || thrown.name : String(thrown))
}

/** First line of the message of anything thrown. */
export function wordsOf(thrown: unknown): string {
  return messageOf(thrown).split('\n')[0] ?? ''
}

/**
 * Name and codes of anything thrown, such as `TypeError, ECONNREFUSED`, for errors of libraries that handle a token:
 * their messages may quote it.
 */
export function kindOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown
  const codes = [codeIn(thrown), codeIn(thrown.cause)].filter((code) => code !== undefined)
  return [thrown.name, ...codes].join(', ')
}

function codeIn(thrown: unknown): string | undefined {
  const { code } = Object(thrown) as { readonly code?: unknown }
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined
}

/** Errors of other packages whose message says what to correct. */
const correctable: ReadonlySet<string> = new Set(['PolicyError', 'SchemaError'])

function isExpected(thrown: unknown): boolean {
  if (thrown instanceof UsageError || thrown instanceof CommandFailed) return true
  return thrown instanceof Error && correctable.has(thrown.name)
}

/**
 * Runs a command. The whole message of a thrown error is written to standard error. The exit status is 1, or
 * `usageStatus` for a UsageError; standard output is not written to.
 */
export async function runCommand(command: () => Promise<void>, usageStatus = 1): Promise<void> {
  try {
    await command()
  } catch (thrown) {
    const kind = isExpected(thrown) ? '' : 'unexpected: '
    process.stderr.write(`fieldnotes: ${kind}${messageOf(thrown)}\n`)
    process.exitCode = thrown instanceof UsageError ? usageStatus : 1
  }
}
