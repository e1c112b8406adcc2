import { AppError } from '@fieldnotes/core/error'
import { lineFault } from '@fieldnotes/core/visible-text'
import { Problems } from '../errors/bad-input.ts'
import type { UpdateProfileInput } from '../generated/types.ts'
import { pause } from '../store/backoff.ts'
import { commit } from '../store/commit.ts'
import { keyFault, type Receipt, receiptOf } from '../store/idempotency.ts'
import type { Write } from '../store/writes.ts'
import { firstSight, newHandle } from './create-profile.ts'
import type { PeopleDesk } from './people-scope.ts'
import type { Profile } from './person.ts'
import { claimHandle, handleKey, profileItem, profileKey, profileOf } from './profile-item.ts'

const nameCharacters = 100
const attemptsMax = 20
const backoffMs = 4

type Patch = Partial<Pick<Profile, 'name' | 'handle'>>

function parsePatch(desk: PeopleDesk, input: UpdateProfileInput): Patch {
  const { name, renewHandle } = input
  const problems = new Problems()
  if (name === null) problems.add('input.name', 'leave it out or give a value')
  if (name === undefined && !renewHandle) problems.add('input', 'nothing to change')
  if (typeof name === 'string') problems.add('input.name', lineFault(name, nameCharacters))
  problems.add('input.idempotencyKey', keyFault(input))
  problems.assertNone()
  return { ...(typeof name === 'string' && { name }), ...(renewHandle && { handle: newHandle(desk.random) }) }
}

/**
 * Changes the caller's own profile; a repeated key is answered with the profile as it is now.
 * @throws BAD_USER_INPUT, UNAVAILABLE
 */
export async function updateProfile(desk: PeopleDesk, input: UpdateProfileInput): Promise<Profile> {
  const patch = parsePatch(desk, input)
  const body = { ...input, renewHandle: input.renewHandle ?? false }
  const receipt = receiptOf({ personId: desk.caller.id, clock: desk.clock }, 'updateProfile', body)
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const answer = await attemptUpdate(desk, patch, receipt)
    if (answer) return answer
    await pause(attempt, backoffMs)
  }
  throw new AppError('UNAVAILABLE', 'the profile kept moving')
}

/** Undefined when another write was faster: read again. */
async function attemptUpdate(desk: PeopleDesk, patch: Patch, receipt: Receipt | undefined) {
  const { profile, earlier } = await read(desk, receipt)
  if (earlier) return profile.revision < earlier.version ? undefined : profile
  const after = { ...profile, ...patch, revision: profile.revision + 1 }
  const writeId = newHandle(desk.random)
  const left = [{ id: after.id, version: after.revision }]
  const effect = { writes: writesOf(profile, after, writeId), writeId, receipt: receipt?.write(left) }
  const { kind } = await commit(desk.table, effect)
  return kind === 'done' ? after : undefined
}

async function read(desk: PeopleDesk, receipt: Receipt | undefined) {
  const items = await desk.table.batchGet([profileKey(desk.caller.id), ...(receipt ? [receipt.key] : [])])
  const stored = items.find(({ sk }) => sk === 'PROFILE')
  const earlier = receipt?.earlier(items.find(({ sk }) => sk === receipt.key.sk))
  const profile = stored ? profileOf(stored) : await firstSight(desk)
  return { profile, earlier }
}

/** The profile, and when the handle changes the new one claimed and the old one given back. */
function writesOf(before: Profile, after: Profile, writeId: string): Write[] {
  const put: Write = { put: profileItem(after, writeId), when: [[['=', 'revision', before.revision]]] }
  if (after.handle === before.handle || !after.handle || !before.handle) return [put]
  return [put, claimHandle(after.handle, after.id), { remove: handleKey(before.handle) }]
}
