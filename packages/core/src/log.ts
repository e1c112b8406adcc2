/** Structured log lines. JSON escapes newlines, so that no value can forge a second line. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

/** Writes one JSON object per line. Callers pass ids and codes, never tokens, claims or bodies. */
export const createLog =
  (write: (line: string) => void, bound: LogFields = {}): Log =>
  (level, event, fields) =>
    write(JSON.stringify({ level, event, ...bound, ...fields }))
