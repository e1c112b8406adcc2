/** Structured log lines. Everything that could end a line is escaped, so that no value can forge a second one. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

/** What JSON leaves as it is, and some reader takes for the end of a line or for a command. */
const unsafe = /[\u007f-\u009f\u2028\u2029]/g

function escaped(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Writes one JSON object per line. Callers pass ids and codes, never tokens, claims or bodies. */
export function createLog(write: (line: string) => void, bound: LogFields = {}): Log {
  return (level, event, fields) => {
    const line = Object.assign({ level, event }, bound, fields, { level, event })
    write(JSON.stringify(line).replace(unsafe, escaped))
  }
}
