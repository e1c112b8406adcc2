/**
 * Revocations that outlive the list of revocations. The list refuses tokens for as long as one can live. What can be
 * refreshed lives longer, so that each refresh reads here whether its sign-in has ended.
 */
import { type Revocation, type RevokedIds, revokedText, revokedUntil } from '@fieldnotes/core/revocation'
import { endedKey } from './access-keys.ts'
import type { Table } from './table.ts'
import type { Item, Key } from './writes.ts'

/** Longest life of anything that can be refreshed, in seconds: 180 days. */
export const refreshableSecondsMax = 180 * 24 * 3600

/** A day more, for clocks that differ. */
const storedSeconds = refreshableSecondsMax + 24 * 3600

/**
 * The item of a revocation that is written at `now`, in seconds since the epoch. One token and one key have none: what
 * is refreshed has neither.
 */
export function lastingEnd(revocation: Revocation, now: number): Item | undefined {
  if (revocation.kind === 'token' || revocation.kind === 'key') return undefined
  const at = revokedUntil(revocation)
  return { ...endedKey(revokedText(revocation)), expiresAt: now + storedSeconds, ...(at !== undefined && { at }) }
}

/** What can be refreshed: whose it is, and the sign-in that it descends from. */
export interface Refreshable {
  readonly personId: string
  readonly loginId: string
  /** Name of the row of the issuer that knows the client. */
  readonly issuer: string
  readonly clientId: string
  /** `auth_time` of the sign-in, in seconds since the epoch. */
  readonly authTime: number
}

/** What ends something that can be refreshed, beside its own sign-in. */
export type Granted = Omit<Refreshable, 'loginId'>

/**
 * Whether the sign-in has ended: by its person, by its id, by its client, or by what the client may do for the person.
 * One consistent read. @throws UNAVAILABLE
 */
export async function hasEnded(table: Pick<Table, 'batchGet'>, what: Refreshable): Promise<boolean> {
  const items = await table.batchGet([...namesOf(what), { kind: 'login', loginId: what.loginId } as const].map(keyOf))
  return items.some((item) => isEndOf(item, what))
}

/**
 * Those that no end of their person, their client, or what the client may do for the person has reached. One consistent
 * read for 33 of them; none for an empty list. @throws UNAVAILABLE
 */
export async function withoutEnded<One extends Granted>(
  table: Pick<Table, 'batchGet'>,
  all: readonly One[],
): Promise<readonly One[]> {
  const items = await table.batchGet(all.flatMap(namesOf).map(keyOf))
  const ends = new Map(items.map((item) => [item.pk, item]))
  return all.filter((one) => !namesOf(one).some((ids) => isEndOf(ends.get(keyOf(ids).pk), one)))
}

function keyOf(ids: RevokedIds): Key {
  return endedKey(revokedText(ids))
}

function isEndOf(item: Item | undefined, { authTime }: Granted): boolean {
  return item !== undefined && (item.at === undefined || authTime <= Number(item.at))
}

function namesOf({ personId, issuer, clientId }: Granted): readonly RevokedIds[] {
  return [
    { kind: 'person', personId },
    { kind: 'app', personId, clientId },
    { kind: 'client', issuer, clientId },
  ]
}
