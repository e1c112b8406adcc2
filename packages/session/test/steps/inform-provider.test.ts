import { AppError } from '@fieldnotes/core/error'
import { endedSessionKey, sessionKey } from '@fieldnotes/table/access-keys'
import { type Digest, digestOf } from '@fieldnotes/table/digest'
import { createSessionStore } from '@fieldnotes/table/session-store'
import type { OpenTable } from '@fieldnotes/table/table'
import type { Item } from '@fieldnotes/table/writes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { informOfEnded, informProvider } from '../../src/steps/inform-provider.ts'
import { readEnded, readEndedOf } from '../../src/store/ended-sessions.ts'
import { clock, envelope, newSession, now, startTable } from '../kit/world.ts'
import { partsAt } from './parts.ts'

let table: OpenTable
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ table, stop } = await startTable())
})
afterAll(() => stop())

/** Ended sessions of a new person. */
async function endedOf(personId: string, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => newSession(table, { personId })))
  await createSessionStore(table, clock).endAll(personId, now)
}

/** Ended sessions of all people, at most ten. */
async function endedNow() {
  return (await readEnded(table, 10)).sessions
}

describe('informProvider', () => {
  it('revokes the refresh token of each ended session, and removes these; live ones stay', async () => {
    const personId = '1'.repeat(27)
    await endedOf(personId, 3)
    const { session } = await newSession(table, { personId })
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect(revoked).toEqual(Array.from({ length: 3 }, () => 'a refresh token'))
    expect(await readEndedOf(table, personId, 20)).toEqual([])
    expect(await createSessionStore(table, clock).list(personId)).toMatchObject([{ id: session.id }])
  })

  it('keeps what the provider did not take, for the next time', async () => {
    const personId = '2'.repeat(27)
    await endedOf(personId, 2)
    await informProvider(partsAt(table, [], { revoke: () => Promise.reject(new Error('down')) }), personId)
    expect(await readEndedOf(table, personId, 20)).toHaveLength(2)
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect([revoked.length, await readEndedOf(table, personId, 20)]).toEqual([2, []])
  })

  it('revokes a refresh token at the server that gave it', async () => {
    const personId = 'k'.repeat(27)
    await newSession(table, { personId, heldBy: 'own' })
    await newSession(table, { personId, heldBy: 'pool' })
    await createSessionStore(table, clock).endAll(personId, now)
    const [atPool, atOwn]: [string[], string[]] = [[], []]
    const parts = partsAt(table, atPool)
    const ownIssuer = { ...parts.ownIssuer, revoke: async (token: string) => void atOwn.push(token) }
    await informProvider({ ...parts, ownIssuer }, personId)
    expect([atPool, atOwn]).toEqual([['a refresh token'], ['a refresh token']])
  })

  it('revokes ten in one call, and the others in the next ones', async () => {
    const personId = '3'.repeat(27)
    await endedOf(personId, 12)
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect(revoked).toHaveLength(10)
    await informProvider(partsAt(table, revoked), personId)
    expect(revoked).toHaveLength(12)
  })

  it('removes a session whose refresh token does not open', async () => {
    const personId = '4'.repeat(27)
    await newSession(table, { personId, refresh: await envelope.seal('a refresh token', 'another session') })
    await createSessionStore(table, clock).endAll(personId, now)
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect([revoked, await readEndedOf(table, personId, 20)]).toEqual([[], []])
  })
})

describe('informOfEnded', () => {
  beforeAll(async () => {
    while ((await informOfEnded(partsAt(table))) > 0);
  })

  it('does it for all people who never come back, and says what is left', async () => {
    await endedOf('5'.repeat(27), 12)
    await endedOf('6'.repeat(27), 1)
    const revoked: string[] = []
    expect(await informOfEnded(partsAt(table, revoked))).toBe(0)
    expect([revoked.length, await endedNow()]).toEqual([13, []])
  })

  it('goes past a session that the provider does not take', async () => {
    await endedOf('7'.repeat(27), 11)
    let calls = 0
    const revoke = async () => {
      calls += 1
      if (calls === 1) throw new Error('not this one')
    }
    expect(await informOfEnded(partsAt(table, [], { revoke }))).toBe(1)
    expect(calls).toBe(11)
    expect(await informOfEnded(partsAt(table))).toBe(0)
  })

  it('stops at a provider that is out of reach, after ten requests', async () => {
    await endedOf('8'.repeat(27), 25)
    let calls = 0
    const revoke = () => {
      calls += 1
      return Promise.reject(new Error('down'))
    }
    expect(await informOfEnded(partsAt(table, [], { revoke }))).toBe(25)
    expect(calls).toBe(10)
    expect(await informOfEnded(partsAt(table))).toBe(0)
  })

  it('goes on with another provider than the one that is out of reach', async () => {
    const down = () => Promise.reject(new Error('down'))
    const [lower, higher] = ['B'.repeat(27), 'C'.repeat(27)]
    await Promise.all(Array.from({ length: 10 }, () => newSession(table, { personId: lower, heldBy: 'own' })))
    await newSession(table, { personId: higher })
    for (const personId of [lower, higher]) await createSessionStore(table, clock).endAll(personId, now)
    const revoked: string[] = []
    const ownIssuer = { refresh: down, exchange: down, revoke: down }
    expect(await informOfEnded({ ...partsAt(table, revoked), ownIssuer })).toBe(10)
    expect(revoked).toHaveLength(1)
    expect(await informOfEnded({ ...partsAt(table), ownIssuer: { ...ownIssuer, revoke: async () => {} } })).toBe(0)
  })

  it('begins with another person in each minute, so that ten which fail hold up no other for long', async () => {
    const [stuck, behind] = [Array.from('ABCDEFGHIJ', (letter) => letter.repeat(27)), 'z'.repeat(27)]
    for (const personId of [...stuck, behind]) await endedOf(personId, 1)
    const transact: OpenTable['transact'] = async (writes) => {
      if (JSON.stringify(writes).includes(behind)) return table.transact(writes)
      throw new Error('not this one')
    }
    for (let minute = 0; minute < 5; minute += 1)
      await informOfEnded({ ...partsAt({ ...table, transact }), clock: () => clock() + minute * 60_000 })
    expect((await readEnded(table, 20)).sessions.map(({ personId }) => personId)).toEqual(stuck)
    expect(await informOfEnded(partsAt(table))).toBe(0)
  })

  it.each<[string, (id: Digest) => Item]>([
    ['note', () => ({ pk: 'SESSIONEND', sk: `${'4'.repeat(27)}#no-digest` })],
    ['session', (id) => ({ ...sessionKey(id), loginId: 'login', dataKey: 'text', endedAt: now })],
  ])('goes past a %s that can not be read, and counts it', async (name, itemOf) => {
    const id = digestOf('unreadable')
    const note = { ...endedSessionKey('4'.repeat(27), id) }
    const items = name === 'note' ? [itemOf(id)] : [note, itemOf(id)]
    for (const put of items) await table.write({ put })
    await endedOf('5'.repeat(27), 1)
    const [revoked, events]: [string[], string[]] = [[], []]
    const log = (_level: string, event: string) => void events.push(event)
    const left = await informOfEnded({ ...partsAt(table, revoked), log })
    expect([left, revoked, events]).toEqual([1, ['a refresh token'], ['session.note_unreadable']])
    for (const { pk, sk } of items) await table.write({ remove: { pk, sk } })
  })

  it('takes 500 sessions at once, and the others in the next pass', async () => {
    const notes = Array.from({ length: 501 }, (_, index) => endedSessionKey('0'.repeat(27), digestOf(String(index))))
    await Promise.all(notes.map((put) => table.write({ put: { ...put }, when: [[['absent', 'pk']]] })))
    await informOfEnded(partsAt(table))
    expect(await endedNow()).toHaveLength(1)
    await informOfEnded(partsAt(table))
    expect(await endedNow()).toEqual([])
  })

  it('removes a note whose session is gone', async () => {
    const personId = '9'.repeat(27)
    await endedOf(personId, 1)
    const [ended] = await readEndedOf(table, personId, 1)
    await table.write({ remove: sessionKey(ended?.id as Digest) })
    const revoked: string[] = []
    expect(await informOfEnded(partsAt(table, revoked))).toBe(0)
    expect([revoked, await readEndedOf(table, personId, 1)]).toEqual([[], []])
  })

  it('fails where the table is out of reach', async () => {
    const cut = { ...table, query: () => Promise.reject(new AppError('UNAVAILABLE', 'cut')) }
    await expect(informOfEnded({ ...partsAt(table), table: cut })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
