/** `signOut` without a request: what is written for which caller, and what is refused. */
import { AppError } from '@fieldnotes/core/error'
import type { PendingSignOut } from '@fieldnotes/table/sign-outs'
import type { Key, Write } from '@fieldnotes/table/writes'
import { describe, expect, it } from 'vitest'
import { createCursors } from '../../src/notes/cursors.ts'
import { type SignIns, signInsOf } from '../../src/sign-ins/sign-in-operations.ts'
import type { SignedIn } from '../../src/sign-ins/sign-in-scope.ts'

const caller: SignedIn = { id: 'p'.repeat(27), issuer: 'cognito', subject: 'sub-1', loginId: 'login-1' }

/** The sort key of an item, or the partition where the sort key is fixed. */
function textOf({ pk, sk }: Key): string {
  return sk === 'ENDED' ? pk : sk
}

function signInsWith(changes: Partial<SignedIn> = {}, fails?: Error) {
  const written: string[] = []
  const informed: PendingSignOut[] = []
  const open = () => ({
    query: async () => ({ items: [], last: undefined }),
    transact: async (writes: readonly Write[]) => {
      if (fails) throw fails
      written.push(...writes.map((write) => ('put' in write ? textOf(write.put) : '')).filter(Boolean))
    },
  })
  const inform = async (signOut: PendingSignOut) => void informed.push(signOut)
  const signIns = signInsOf({
    open,
    inform,
    cursors,
    caller: { ...caller, ...changes },
    clock: () => 1_800_000_000_500,
  })
  return { signIns, written, informed }
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

  it.each([caller.loginId, undefined])('ends every sign-in, and informs the issuer: of %s', async (loginId) => {
    const { signIns, written, informed } = signInsWith({ loginId })
    expect(await signIns.end({ everywhere: true })).toEqual({ everywhere: true, endedUntil, refusedFrom })
    expect(written).toEqual([`1800000000#person#${caller.id}`, `ENDED#person#${caller.id}`, `${caller.id}#cognito`])
    expect(informed).toEqual([{ personId: caller.id, issuer: 'cognito', subject: 'sub-1', at: 1_800_000_000 }])
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
