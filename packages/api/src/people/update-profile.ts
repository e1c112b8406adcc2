/** Changes the caller's own profile. */
import { lineFault } from '@fieldnotes/core/visible-text'
import { retryConflicts } from '@fieldnotes/table/backoff'
import { commit } from '@fieldnotes/table/commit'
import { keyFault, type Receipt } from '@fieldnotes/table/receipts'
import type { Write } from '@fieldnotes/table/writes'
import { Problems } from '../errors/bad-input.ts'
import type { UpdateProfileInput } from '../generated/types.ts'
import { handleKey, profileKey } from '../store/item-keys.ts'
import { receiptOf } from '../store/receipts.ts'
import { createProfile } from './create-profile.ts'
import { newHandle } from './handle.ts'
import type { PeopleScope } from './people-scope.ts'
import type { Profile } from './person.ts'
import { claimHandle, profileItem, profileOf } from './profile-item.ts'

const nameCharacters = 100

type Patch = Partial<Pick<Profile, 'name' | 'handle'>>

function parsePatch(scope: PeopleScope, input: UpdateProfileInput): Patch {
  const { name, renewHandle } = input
  const problems = new Problems()
  if (name === null) problems.add('input.name', 'leave it out or give a value')
  if (name === undefined && !renewHandle) problems.add('input', 'nothing to change')
  if (typeof name === 'string') problems.add('input.name', lineFault(name, nameCharacters))
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  return { ...(typeof name === 'string' && { name }), ...(renewHandle && { handle: newHandle(scope.random) }) }
}

/**
 * Writes the given members, and returns the profile as it is stored then. A repeated idempotency key changes nothing.
 * @throws BAD_USER_INPUT, UNAVAILABLE
 */
export async function updateProfile(scope: PeopleScope, input: UpdateProfileInput): Promise<Profile> {
  const patch = parsePatch(scope, input)
  const body = { ...input, renewHandle: input.renewHandle ?? false }
  const receipt = receiptOf({ personId: scope.caller.id, clock: scope.clock }, 'updateProfile', body)
  return retryConflicts('the profile kept changing', () => attemptUpdate(scope, patch, receipt))
}

/** Undefined when another write came first. */
async function attemptUpdate(scope: PeopleScope, patch: Patch, receipt: Receipt | undefined) {
  const { profile, firstCall } = await read(scope, receipt)
  if (firstCall) return profile.revision < firstCall.version ? undefined : profile
  const after = { ...profile, ...patch, revision: profile.revision + 1 }
  const writeId = newHandle(scope.random)
  const written = [{ id: after.id, version: after.revision }]
  const effect = { writes: writesOf(profile, after, writeId), writeId, receipt: receipt?.write(written) }
  const { kind } = await commit(scope.table, effect)
  return kind === 'done' ? after : undefined
}

async function read(scope: PeopleScope, receipt: Receipt | undefined) {
  const items = await scope.table.batchGet([profileKey(scope.caller.id), ...(receipt ? [receipt.key] : [])])
  const stored = items.find(({ sk }) => sk === 'PROFILE')
  const firstCall = receipt?.firstCall(items.find(({ sk }) => sk === receipt.key.sk))
  const profile = stored ? profileOf(stored) : await createProfile(scope)
  return { profile, firstCall }
}

/** Writes the profile. A new handle is assigned, and the old one is released. */
function writesOf(before: Profile, after: Profile, writeId: string): Write[] {
  const put: Write = { put: profileItem(after, writeId), when: [[['=', 'revision', before.revision]]] }
  if (after.handle === before.handle || !after.handle || !before.handle) return [put]
  return [put, claimHandle(after.handle, after.id), { remove: handleKey(before.handle) }]
}
