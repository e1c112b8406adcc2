/** How a grant is removed, and codes and tokens that were given under it. */
import { grantMemberKey, type Model, modelKey } from '@fieldnotes/table/access-keys'
import type { Digest } from '@fieldnotes/table/digest'
import type { Key } from '@fieldnotes/table/writes'
import { type ModelTable, remove } from './model-store.ts'

/** Entries of a grant that are read at once. */
const pageMax = 100

/** Removes the grant of this digest, under which nothing more is given then. @throws UNAVAILABLE */
export async function removeGrant(table: ModelTable, grant: Digest): Promise<void> {
  await remove(table, modelKey('Grant', grant))
}

/** The items of one model that a grant has. */
export interface Members {
  readonly grant: Digest
  readonly model: Model
}

/** Ten digits, as each instant until then has. */
const lastInstant = 9_999_999_999

/**
 * Removes those that have not expired: an app that refreshes for months has had thousands. `now` is in seconds since
 * the epoch. @throws UNAVAILABLE
 */
export async function removeMembers(table: ModelTable, { grant, model }: Members, now: number): Promise<void> {
  const { pk, sk: first } = grantMemberKey(grant, model, '' as Digest, now + 1)
  const between = [first, grantMemberKey(grant, model, '~' as Digest, lastInstant).sk] as const
  let after: Key | undefined
  do {
    const page = await table.query({ pk, between, after, forward: true, limit: pageMax })
    const ids = page.items.map(({ sk }) => sk.slice(first.length) as Digest)
    await Promise.all(ids.map((id) => remove(table, modelKey(model, id))))
    after = page.last
  } while (after)
}
