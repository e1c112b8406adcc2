/** `signOut` without a request: what is written for which caller, and what is refused. */
import { AppError } from '@fieldnotes/core/error'
import { personSourceKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { entryItem } from '@fieldnotes/table/session-entries'
import type { PendingSignOut } from '@fieldnotes/table/sign-outs'
import type { Item, Key, Write } from '@fieldnotes/table/writes'
import { describe, expect, it } from 'vitest'
import { createCursors } from '../../src/notes/cursors.ts'
import { globalId } from '../../src/notes/ids.ts'
import { type SignIns, signInsOf } from '../../src/sign-ins/sign-in-operations.ts'
import type { SignedIn } from '../../src/sign-ins/sign-in-scope.ts'

const caller: SignedIn = { id: 'p'.repeat(27), issuer: 'cognito', subject: 'sub-1', loginId: 'login-1' }

/** The sort key of an item, or the partition where the sort key is fixed. */
function textOf({ pk, sk }: Key): string {
  return sk === 'ENDED' ? pk : sk
}

function signInsWith(changes: Partial<SignedIn> = {}, fails?: Error, items: readonly Item[] = [], source?: Item) {
  const written: string[] = []
  const informed: PendingSignOut[] = []
  const open = () => ({
    get: async ({ pk, sk }: Key) => (source?.pk === pk && source.sk === sk ? source : undefined),
    batchGet: async () => [],
    query: async () => ({ items, last: undefined }),
    transact: async (writes: readonly Write[]) => {
      if (fails) throw fails
      written.push(...writes.map((write) => ('put' in write ? textOf(write.put) : '')).filter(Boolean))
    },
  })
  const inform = async (signOut: PendingSignOut) => void informed.push(signOut)
  const pauses: number[] = []
  const signIns = signInsOf({
    open,
    inform,
    cursors,
    caller: { ...caller, ...changes },
    clock: () => 1_800_000_000_500,
    pause: async (ms) => void pauses.push(ms),
  })
  return { signIns, written, informed, pauses }
}

const cursors = createCursors(['a secret of this test, which is long enough'])
const endedUntil = '2027-01-15T08:00:00.000Z'
const refusedFrom = '2027-01-15T08:00:10.000Z'

describe('signOut', () => {
  it.each([{}, { everywhere: false }, { everywhere: null }])('ends this sign-in: %j', async (input) => {
    const { signIns, written, informed } = signInsWith()
    expect(await signIns.end(input)).toEqual({ everywhere: false, endedUntil, refusedFrom })
    expect([written, informed]).toEqual([['1800000000#login#login-1', 'ENDED#login#login-1'], []])
  })

  it('answers in the next second where it has ended every sign-in, and at once for one', async () => {
    const { signIns, pauses } = signInsWith()
    await signIns.end({})
    expect(pauses).toEqual([])
    await signIns.end({ everywhere: true })
    expect(pauses).toEqual([500])
  })

  it.each([caller.loginId, undefined])('ends every sign-in, and informs the issuer: of %s', async (loginId) => {
    const { signIns, written, informed } = signInsWith({ loginId })
    expect(await signIns.end({ everywhere: true })).toEqual({ everywhere: true, endedUntil, refusedFrom })
    expect(written).toEqual([`1800000000#person#${caller.id}`, `ENDED#person#${caller.id}`, `${caller.id}#cognito`])
    expect(informed).toEqual([{ personId: caller.id, issuer: 'cognito', subject: 'sub-1', at: 1_800_000_000 }])
  })

  it.each([
    ['of the caller', 'login-1', { issuer: 'firebase', subject: 'sub-of-firebase' }],
    ['that is not of the caller', 'login-2', { issuer: 'fieldnotes', subject: 'sub-1' }],
  ])('informs the issuer at which the person of a session %s has signed in', async (_title, loginId, informedOf) => {
    const now = 1_800_000_000
    const ends = { idleEnd: now + 60, absoluteEnd: now + 60 }
    const seen = { userAgent: '', signedInAt: now, firstSeen: now, lastSeen: now }
    const source = { issuer: 'firebase', subject: 'sub-of-firebase' }
    const entry = entryItem(caller.id, { id: digestOf('a cookie'), loginId, ...seen, ...ends, source })
    const { signIns, written, informed } = signInsWith({ issuer: 'fieldnotes' }, undefined, [entry])
    await signIns.end({ everywhere: true })
    expect(written).toContain(`${caller.id}#${informedOf.issuer}`)
    expect(informed).toMatchObject([informedOf])
  })

  const stored = { ...personSourceKey(caller.id), issuer: 'cognito', subject: 'sub-of-cognito' }
  it.each([
    ['of our own issuer informs where', 'fieldnotes', stored, { issuer: 'cognito', subject: 'sub-of-cognito' }],
    ['of a provider informs it, wherever', 'firebase', stored, { issuer: 'firebase', subject: 'sub-1' }],
    ['of no grant informs none,', 'fieldnotes', undefined, { issuer: 'fieldnotes', subject: 'sub-1' }],
  ])('with a token %s the issuer has stored a sign-in', async (_title, issuer, source, informedOf) => {
    const { signIns, written, informed } = signInsWith({ issuer }, undefined, [], source)
    await signIns.end({ everywhere: true })
    expect(written).toContain(`${caller.id}#${informedOf.issuer}`)
    expect(informed).toMatchObject([informedOf])
  })

  it('is UNAVAILABLE where the stored sign-in can not be read, and writes nothing', async () => {
    const { signIns, written } = signInsWith({ issuer: 'fieldnotes' }, undefined, [], { ...stored, subject: 1 })
    await expect(signIns.end({ everywhere: true })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(written).toEqual([])
    expect((await signIns.end({})).everywhere).toBe(false)
  })

  it('refuses to end one sign-in that has no id, and writes nothing', async () => {
    const { signIns, written } = signInsWith({ loginId: undefined })
    const error = await signIns.end({}).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', extensions: { argument: 'input.everywhere' } })
    expect(written).toEqual([])
  })

  it('informs no issuer of what is not written', async () => {
    const { signIns, informed } = signInsWith({}, new AppError('UNAVAILABLE', 'cut'))
    const end = (signIns satisfies SignIns).end({ everywhere: true })
    await expect(end).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(informed).toEqual([])
  })
})

describe('revokeSession', () => {
  it('ends each session of its sign-in, and none of another one', async () => {
    const now = 1_800_000_000
    const times = { signedInAt: now, firstSeen: now, lastSeen: now, idleEnd: now + 60, absoluteEnd: now + 60 }
    const sessionOf = (cookie: string, loginId: string) => ({ id: digestOf(cookie), loginId, userAgent: '', ...times })
    const [one, same, other] = [sessionOf('a', 'login-2'), sessionOf('b', 'login-2'), sessionOf('c', 'login-3')]
    const items = [one, same, other].map((session) => entryItem(caller.id, session))
    const { signIns, written } = signInsWith({}, undefined, items)
    await signIns.revoke({ id: globalId('Session', one.id) })
    const ended = [one, same, other].map(({ id }) => written.some((text) => text.includes(id)))
    expect([written.includes(`${now}#login#login-2`), ended]).toEqual([true, [true, true, false]])
  })
})
