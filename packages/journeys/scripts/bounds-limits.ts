/** Limits of what is remembered of API keys and buckets. */
import type { Bound } from './all-bounds.ts'
import { bound, raised, unit } from './bound-row.ts'

/** All rows. */
export const limitBounds: readonly Bound[] = [
  bound(
    'applications that an instance remembers',
    raised('packages/api/src/keys/application-memory.ts', 'rememberedMax = 1000'),
    unit('api/test/keys/application-memory.test.ts', 'remembers 1,000 ids'),
  ),
  bound(
    'people whose buckets an instance remembers',
    raised('packages/api/src/limits/rate-gate.ts', 'peopleMax = 10_000'),
    unit('api/test/limits/rate-gate.test.ts', '10,000 of them'),
  ),
  bound(
    'buckets of the table that an instance remembers',
    raised('packages/table/src/rates.ts', 'seenMax = 10_000'),
    unit('table/test/rates.test.ts', '10,000 buckets'),
  ),
]
