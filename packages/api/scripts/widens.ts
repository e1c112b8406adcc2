/** The `Widens:` lines of commits: the fields that a change opens on purpose, and for whom. */
import type { Classification } from '@fieldnotes/policy/classify'

/** One field of a line, or `Type.*`. */
export interface Announcement {
  readonly field: string
  /** Kinds of caller; all when undefined. */
  readonly callers: readonly string[] | undefined
}

const entry = /([^\s,()]+)(?:\s*\(([^)]*)\))?/g

/** The fields of the values of `Widens:` lines, such as `Note.shares (person, service), User.*`. */
export function announcementsIn(values: string): readonly Announcement[] {
  return [...values.matchAll(entry)].map(([, field = '', callers]) => ({
    field,
    callers: callers?.split(',').map((name) => name.trim()),
  }))
}

/** A field that is wider for callers of a kind. */
export interface Opening {
  readonly coordinate: string
  /** Undefined where the comparison leaves open for whom, and whether. */
  readonly caller: string | undefined
}

function covers({ field, callers }: Announcement, { coordinate, caller }: Opening): boolean {
  const isNamed = field === coordinate || (field.endsWith('.*') && coordinate.startsWith(field.slice(0, -1)))
  return isNamed && (callers === undefined || (caller !== undefined && callers.includes(caller)))
}

/** What is wider, or may be. */
export function openingsIn({ changes, undetermined }: Classification): readonly Opening[] {
  const wider = changes.filter(({ difference }) => difference !== 'narrower')
  return [...wider, ...undetermined.map(({ coordinate }) => ({ coordinate, caller: undefined }))]
}

/** The openings that no announcement covers. */
export function unannounced(openings: readonly Opening[], written: readonly Announcement[]): readonly Opening[] {
  return openings.filter((opening) => !written.some((each) => covers(each, opening)))
}

/** One line for each field: what is missing, and the `Widens:` line that announces it. */
export function missingLines(openings: readonly Opening[]): readonly string[] {
  const fields = [...new Set(openings.map(({ coordinate }) => coordinate))]
  return fields.map((field) => {
    const callers = new Set(openings.filter(({ coordinate }) => coordinate === field).map(({ caller }) => caller))
    if (callers.has(undefined)) return `- \`${field}\` may be wider: say \`Widens: ${field}\` in its commit.\n`
    return `- \`${field}\` is wider: say \`Widens: ${field} (${[...callers].join(', ')})\` in its commit.\n`
  })
}
