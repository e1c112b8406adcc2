/**
 * An error that the user of a command can correct; the message says how. The command prints it as one line and ends
 * with status 1 (2 for the operators' command).
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that was written correctly and could not be done: its target refused, or was out of reach. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** First line of the message of anything thrown. */
export function wordsOf(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
  return words.split('\n')[0] ?? ''
}

/**
 * Runs a command. A thrown error becomes one line on standard error and exit status 1, or `usageStatus` for a
 * UsageError; standard output is not written to.
 */
export async function runCommand(command: () => Promise<void>, usageStatus = 1): Promise<void> {
  try {
    await command()
  } catch (thrown) {
    const isUsage = thrown instanceof UsageError
    const kind = isUsage || thrown instanceof CommandFailed ? '' : 'unexpected: '
    process.stderr.write(`fieldnotes: ${kind}${wordsOf(thrown)}\n`)
    process.exitCode = isUsage ? usageStatus : 1
  }
}
