/** Limits of exports, and of calls of other services. */
import type { Bound } from './all-bounds.ts'
import { bound, raised, unit } from './bound-row.ts'

/** File and number → the unit test that must fail. */
const tested: readonly (readonly [file: string, number: string, test: string, only: string])[] = [
  ['exporter/src/jobs/job-store', 'const exportsOfDayMax = 50', 'exporter/test/create-exporter', 'after many of one'],
  ['exporter/src/jobs/work-periods', 'const periodsMax = 10', 'exporter/test/work-periods', 'ten requests at once'],
  ['exporter/src/notes/markdown', 'const nameCharsMax = 50', 'exporter/test/markdown', 'has a plain path'],
  ['client/src/send', 'bytesMax = 65_536', 'client/test/client', 'reads 65,536 bytes'],
]

/** All rows. */
export const exporterBounds: readonly Bound[] = tested.map(([file, number, test, only]) =>
  bound(
    `${/\w+Max/.exec(number)?.[0]} of ${file}`,
    raised(`packages/${file}.ts`, number),
    unit(`${test}.test.ts`, only),
  ),
)
