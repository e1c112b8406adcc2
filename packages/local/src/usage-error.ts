/**
 * An error that the user of a command can correct; the message says how. The command prints it as one line and ends
 * with status 1.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** First line of the message of anything thrown. */
export function wordsOf(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
  return words.split('\n')[0] ?? ''
}

/**
 * Runs a command. A thrown error becomes one line on standard error and exit status 1; standard output is not written
 * to.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (thrown) {
    const kind = thrown instanceof UsageError ? '' : 'unexpected: '
    process.stderr.write(`fieldnotes: ${kind}${wordsOf(thrown)}\n`)
    process.exitCode = 1
  }
}
