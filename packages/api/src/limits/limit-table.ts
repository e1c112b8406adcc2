/**
 * How much callers may use. Programs are counted in units of the cost that admission computes: one for each value that
 * a response can contain. An operation costs at most 25,000 (`graphql/cost-limit.ts`). People are counted in
 * operations.
 */
import type { RateLimit } from '@fieldnotes/table/rate-limits'

/** Kind of caller → its limit. The item of an application replaces single members of its row. */
export const limitTable = {
  /** A program with an API key, over all instances. */
  application: { burst: 25_000, perSecond: 2_500, perDay: 50_000_000 },
  /** All people and machines of a third party's client without a key, over all instances: an app has many people. */
  client: { burst: 2_500_000, perSecond: 250_000, perDay: 1_000_000_000 },
  /** Every other caller, in one instance, in operations. A service that acts for a person has one for each person. */
  person: { burst: 10_000, perSecond: 1_000 },
} as const satisfies Readonly<Record<string, RateLimit>>
