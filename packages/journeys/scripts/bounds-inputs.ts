/** Limits of notes, tags, pages and names. */

import type { Bound } from './all-bounds.ts'
import { bound, boundary, raised, unit } from './bound-row.ts'

const limits = 'packages/api/src/notes/note-limits.ts'

/** Members of `limits` with their numbers. */
const checked = [
  ...['titleCharacters: 200', 'contentBytes: 100_000', 'tags: 20', 'tagsGiven: 40', 'tagCharacters: 50'],
  ...['notesPerCall: 25', 'tagsPerCall: 70', 'pageSize: 100'],
]

/** All rows. */
export const inputBounds: readonly Bound[] = [
  ...checked.map((member) => {
    const [name = ''] = member.split(':')
    return bound(`${name} of notes`, raised(limits, `  ${member}`), boundary(`limits.${name}`))
  }),
  bound(
    'shares of a note',
    raised(limits, 'sharesPerNote: 50'),
    unit('api/test/notes/sharing.test.ts', 'stops at 50 people'),
  ),
  bound(
    'items of a page without a size',
    raised(limits, 'pageSizeDefault: 20'),
    unit('api/test/notes/pages.test.ts', 'has 20 items by default'),
  ),
  bound(
    'bytes of a page of changes',
    raised(limits, 'changesContentBytes: 1_000_000'),
    unit('api/test/notes/sync/changes-long.test.ts', '1.2 MB'),
  ),
  bound(
    'days of a cursor',
    raised(limits, 'syncCursorDays: 30'),
    unit('api/test/notes/sync/changes-cursor.test.ts', '30 days'),
  ),
  bound(
    'deliveries that a cursor holds',
    raised('packages/api/src/notes/sync/sync-cursor.ts', 'deliveredMax = 7000'),
    unit('api/test/notes/sync/sync-cursor.test.ts', 'forgets the oldest'),
  ),
  bound(
    'characters of a cursor',
    raised('packages/api/src/notes/cursors.ts', 'charactersMax = 100_000'),
    unit('api/test/notes/cursors.test.ts', 'does not open one of 100 KB'),
  ),
  bound(
    'characters of the name of a person',
    raised('packages/api/src/people/update-profile.ts', 'nameCharacters = 100'),
    boundary('nameCharacters'),
  ),
  bound(
    'problems that an error lists',
    raised('packages/api/src/errors/bad-input.ts', 'listedMax = 20'),
    boundary('listedMax'),
  ),
  bound(
    'length before normal form',
    {
      file: 'packages/core/src/visible-text.ts',
      from: [
        "if (text.length > charactersMax * unitsPerDecomposed) return { line: '', fault: lengthFault(charactersMax) }",
        '  const bare = text.trim()',
      ].join('\n'),
      to: "const bare = text.normalize('NFC').trim()",
    },
    unit('core/test/visible-text.test.ts', 'never normalises a run of marks'),
  ),
]
