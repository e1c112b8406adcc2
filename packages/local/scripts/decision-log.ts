/** `npm run decisions`: writes the list of `docs/decisions/README.md` from the pages of that folder. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Decision {
  /** `NNNN-short-name.md`. */
  readonly file: string
  readonly title: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly lines: number
}

const folder = join(import.meta.dirname, '../../../docs/decisions')
const index = join(folder, 'README.md')

/** The pages, by number. A page without a title or a date has an empty one. */
export function readDecisions(): readonly Decision[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md')
  return files.sort().map((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const [, title = ''] = /^# (?:\d{4}[.:]? )?(.+)$/m.exec(text) ?? []
    const [date = ''] = /\b\d{4}-\d\d-\d\d\b/.exec(text) ?? []
    return { file, title, date, lines: text.trimEnd().split('\n').length }
  })
}

const marks = ['<!-- list -->', '<!-- end of list -->'] as const

/** The index as it must be: the part between the marks is replaced. */
export function indexOf(decisions: readonly Decision[], text: string): string {
  const rows = decisions.map(({ file, title, date }) => `- [${file.slice(0, 4)}](${file}) ${title} (${date})`)
  const [start, end] = marks.map((mark) => text.indexOf(mark))
  if (start === undefined || end === undefined || start < 0 || end < start) throw new Error('the index has no marks')
  return `${text.slice(0, start)}${[marks[0], ...rows, ''].join('\n')}${text.slice(end)}`
}

/** The index as it is. */
export function readIndex(): string {
  return readFileSync(index, 'utf8')
}

if (import.meta.main) writeFileSync(index, indexOf(readDecisions(), readIndex()))
