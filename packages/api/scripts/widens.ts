/** The `Widens:` lines of commits: the fields that a change opens on purpose. */
import type { Classification } from '@fieldnotes/policy/classify'

/** Fields, or `Type.*`, of the values of `Widens:` lines. */
export function fieldsIn(values: string): readonly string[] {
  return values.split(/[\s,]+/).filter((word) => word !== '')
}

function names(written: string, coordinate: string): boolean {
  return written === coordinate || (written.endsWith('.*') && coordinate.startsWith(written.slice(0, -1)))
}

/** Fields that are wider for some caller, or may be, and that no line names. */
export function unannounced({ changes, undetermined }: Classification, written: readonly string[]): readonly string[] {
  const wider = changes.filter(({ difference }) => difference !== 'narrower')
  const opened = [...wider, ...undetermined].map(({ coordinate }) => coordinate)
  return [...new Set(opened)].filter((coordinate) => !written.some((each) => names(each, coordinate)))
}
