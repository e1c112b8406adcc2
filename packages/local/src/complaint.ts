/** Something that the person at the keyboard can mend, in words for that person. Ends the command with one line and status 1. */
export class Complaint extends Error {
  override readonly name = 'Complaint'
}

/** The words of anything thrown, on one line. */
export function wordsOf(thrown: unknown): string {
  const words = thrown instanceof Error ? thrown.message || thrown.name : String(thrown)
  return words.split('\n')[0] ?? ''
}

/** Runs a command. Whatever it throws becomes one line on standard error and a status other than 0; standard output stays as it was. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (thrown) {
    const kind = thrown instanceof Complaint ? '' : 'unexpected: '
    process.stderr.write(`fieldnotes: ${kind}${wordsOf(thrown)}\n`)
    process.exitCode = 1
  }
}
