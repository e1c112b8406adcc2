import { createSessionStore } from '@fieldnotes/table/session-store'
import type { OpenTable } from '@fieldnotes/table/table'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { informProvider } from '../../src/steps/inform-provider.ts'
import { readEnded } from '../../src/store/open-sessions.ts'
import { clock, envelope, newSession, startTable } from '../kit/world.ts'
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
  await createSessionStore(table, clock).endAll(personId)
}

describe('informProvider', () => {
  it('revokes the refresh token of each ended session, and removes these; live ones stay', async () => {
    const personId = '1'.repeat(27)
    await endedOf(personId, 3)
    const { session } = await newSession(table, { personId })
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect(revoked).toEqual(Array.from({ length: 3 }, () => 'a refresh token'))
    expect(await readEnded(table, personId, 20)).toEqual([])
    expect(await createSessionStore(table, clock).list(personId)).toMatchObject([{ id: session.id }])
  })

  it('keeps what the provider did not take, for the next time', async () => {
    const personId = '2'.repeat(27)
    await endedOf(personId, 2)
    await informProvider(partsAt(table, [], { revoke: () => Promise.reject(new Error('down')) }), personId)
    expect(await readEnded(table, personId, 20)).toHaveLength(2)
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect([revoked.length, await readEnded(table, personId, 20)]).toEqual([2, []])
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
    await createSessionStore(table, clock).endAll(personId)
    const revoked: string[] = []
    await informProvider(partsAt(table, revoked), personId)
    expect([revoked, await readEnded(table, personId, 20)]).toEqual([[], []])
  })
})
