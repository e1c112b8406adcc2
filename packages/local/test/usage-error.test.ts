/** What a command prints when it can't be done. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CommandFailed, runCommand, UsageError, wordsOf } from '../src/usage-error.ts'

afterEach(() => {
  process.exitCode = 0
  vi.restoreAllMocks()
})

async function printed(thrown: unknown, usageStatus?: number): Promise<{ text: string; status: unknown }> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await runCommand(async () => {
    throw thrown
  }, usageStatus)
  return { text: write.mock.calls.map(([text]) => text).join(''), status: process.exitCode }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

const lines = "The policy can't start:\n  Note.a has no rule.\n  Note.b has no rule."

describe('runCommand', () => {
  it.each([
    [new UsageError(lines), `fieldnotes: ${lines}\n`],
    [new CommandFailed(lines), `fieldnotes: ${lines}\n`],
    [named('PolicyError', lines), `fieldnotes: ${lines}\n`],
    [named('SchemaError', lines), `fieldnotes: ${lines}\n`],
    [named('TypeError', lines), `fieldnotes: unexpected: ${lines}\n`],
    [new RangeError(''), 'fieldnotes: unexpected: RangeError\n'],
    ['words', 'fieldnotes: unexpected: words\n'],
  ])('prints each line of %s', async (thrown, text) => {
    expect(await printed(thrown)).toEqual({ text, status: 1 })
  })

  it('ends with the status of the command for a wrong command line alone', async () => {
    expect((await printed(new UsageError('x'), 2)).status).toBe(2)
    expect((await printed(new CommandFailed('x'), 2)).status).toBe(1)
    expect((await printed(named('PolicyError', 'x'), 2)).status).toBe(1)
  })
})

describe('wordsOf', () => {
  it('is the first line, for log lines', () => {
    expect(wordsOf(new Error(lines))).toBe("The policy can't start:")
  })
})
