/** Structured log lines. Every character that could end a line is escaped, so that no value can forge a second line. */

/** How serious an event is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** The data of an event: ids and codes, never tokens, names, addresses or bodies. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Logs one event, such as `identity.keys_failed`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

/**
 * Characters that `JSON.stringify` keeps and that a viewer may take for the end of a line or for a terminal command.
 */
const unsafe = /[\u007f-\u009f\u2028\u2029]/g

function escaped(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Builds a log that writes each event as one line of JSON. `bound` is added to every event. Neither `bound` nor the
 * fields of an event can replace `level` and `event`.
 * @example
 * ```ts
 * import { createLog } from '@fieldnotes/core/log'
 *
 * const log = createLog((line) => console.log(line), { service: 'notes' })
 * log('warn', 'refused', { code: 'FORBIDDEN', requestId: 'r-1' })
 * ```
 */
export function createLog(write: (line: string) => void, bound: LogFields = {}): Log {
  return (level, event, fields) => {
    const line = Object.assign({ level, event }, bound, fields, { level, event })
    write(JSON.stringify(line).replace(unsafe, escaped))
  }
}
