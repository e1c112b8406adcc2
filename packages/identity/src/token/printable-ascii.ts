/** Identifiers that can be compared, stored and logged as they are. */
import { fixedBounds } from '../bounds.ts'

const pattern = new RegExp(`^[!"$-~]{1,${fixedBounds.identifierCharsMax}}$`)

/** Whether a value is a string of 1 to 128 printable ASCII characters without space and `#`. */
export function isPrintableAscii(value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value)
}
