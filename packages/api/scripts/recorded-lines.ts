/** Records in the lines of a log. Lines of other events, and text that is no JSON, have none. */

type Members = Readonly<Record<string, unknown>>

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}

/** The decisions of one line, each with its caller. An event that is not readable is one value that is no record. */
export function recordsIn(line: string): readonly unknown[] {
  const { event, record } = membersOf(parsed(line))
  if (event !== 'decisions') return []
  const { caller, decisions } = membersOf(parsed(record))
  if (!Array.isArray(decisions)) return [undefined]
  return decisions.map((decision) => ({ ...membersOf(decision), caller }))
}
