/** The headers that say how much may be used and what is left (draft-ietf-httpapi-ratelimit-headers-11, §3 and §4). */
import { daySeconds } from '@fieldnotes/table/instants'
import type { Left, LimitName, RateLimit } from '@fieldnotes/table/rate-limits'
import { type Item, serializeList } from 'structured-headers'

/** What is left of each part of a limit. */
export type Remaining = Readonly<Partial<Record<LimitName, Left>>>

function item(name: LimitName, parameters: Readonly<Record<string, number | string>>): Item {
  return [name, new Map(Object.entries(parameters))]
}

/** A limit, and what it counts: `requests` is a unit of the draft, `cost` is ours. */
export interface Rated {
  readonly limit: RateLimit
  readonly unit: 'cost' | 'requests'
}

/** Each part of a limit: `q` units in a window of `w` seconds, in which an empty bucket becomes full. */
export function policyHeader({ limit, unit }: Rated): string {
  const { burst, perSecond, perDay } = limit
  const parts = [item('burst', { q: burst, qu: unit, w: Math.ceil(burst / perSecond) })]
  if (perDay !== undefined) parts.push(item('day', { q: perDay, qu: unit, w: daySeconds }))
  return serializeList(parts)
}

/** What is left of each part: `r` units, and all of it after `t` seconds. */
export function remainingHeader(remaining: Remaining): string {
  const parts = Object.entries(remaining) as [LimitName, Left][]
  return serializeList(parts.map(([name, { left, seconds }]) => item(name, { r: left, t: seconds })))
}
