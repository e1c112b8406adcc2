import { AppError } from '@fieldnotes/core/error'
import { badInput } from '../bad-input.ts'
import type { UpdateProfileInput } from '../generated/schema.ts'
import { commit } from '../notes/commit.ts'
import { parseLine } from '../notes/input.ts'
import { receiptOf } from '../notes/receipt.ts'
import { pause } from '../pause.ts'
import type { Write } from '../table-writes.ts'
import type { PeopleDesk } from './desk.ts'
import { firstSight, newHandle } from './first-sight.ts'
import type { Profile } from './person.ts'
import { claimHandle, handleKey, profileItem, profileKey, profileOf } from './profile-item.ts'

const nameCharacters = 100
const attemptsMax = 20
const backoffMs = 4

/** DynamoDB keeps no undefined. */
const unknown = { name: undefined, email: undefined }

type Patch = Partial<Pick<Profile, 'name' | 'handle'>>

const parsePatch = (desk: PeopleDesk, input: UpdateProfileInput): Patch => {
  if (input.name === null) throw badInput('input.name', 'leave it out or give a value')
  if (input.name === undefined && !input.renewHandle) throw badInput('input', 'nothing to change')
  return {
    ...(input.name !== undefined && { name: parseLine(input.name, 'input.name', nameCharacters) }),
    ...(input.renewHandle && { handle: newHandle(desk.random) }),
  }
}

/** Changes the caller's own profile. @throws BAD_USER_INPUT, UNAVAILABLE */
export const updateProfile = async (desk: PeopleDesk, input: UpdateProfileInput): Promise<Profile> => {
  const patch = parsePatch(desk, input)
  const body = { ...input, renewHandle: input.renewHandle ?? false }
  const receipt = receiptOf({ personId: desk.caller.id, clock: desk.clock }, 'updateProfile', body)
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const { profile, earlier } = await read(desk, receipt)
    if (earlier) return earlier
    const after = { ...profile, ...patch, revision: profile.revision + 1 }
    const writeId = newHandle(desk.random)
    const effect = { writes: writesOf(profile, after, writeId), writeId, receipt: receipt?.write(after) }
    const outcome = await commit(desk.table, effect)
    if (outcome.kind === 'done') return after
    await pause(attempt, backoffMs)
  }
  throw new AppError('UNAVAILABLE', 'the profile kept moving')
}

const read = async (desk: PeopleDesk, receipt: ReturnType<typeof receiptOf>) => {
  const items = await desk.table.batchGet([profileKey(desk.caller.id), ...(receipt ? [receipt.key] : [])])
  const stored = items.find(({ sk }) => sk === 'PROFILE')
  const earlier = receipt?.answer(items.find(({ sk }) => sk === receipt.key.sk))
  const profile = stored ? profileOf(stored) : await firstSight(desk)
  return { profile, earlier: earlier ? ({ ...unknown, ...earlier } as Profile) : undefined }
}

/** The profile, and when the handle changes the new one claimed and the old one given back. */
const writesOf = (before: Profile, after: Profile, writeId: string): Write[] => {
  const put: Write = { put: profileItem(after, writeId), when: [[['=', 'revision', before.revision]]] }
  if (after.handle === before.handle || !after.handle || !before.handle) return [put]
  return [put, claimHandle(after.handle, after.id), { remove: handleKey(before.handle) }]
}
