/** Informing issuers of sign-outs: what fails is kept, and is tried again. */
import { setTimeout as wait } from 'node:timers/promises'
import { sessionKey } from '@fieldnotes/table/access-keys'
import { type Digest, digestOf } from '@fieldnotes/table/digest'
import { entryItem } from '@fieldnotes/table/session-entries'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { readPendingSignOuts, type SignOut, writeSignOut } from '@fieldnotes/table/sign-outs'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { type Engine, startEngine } from '@fieldnotes/table/test/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { informIssuer, informPending, type PassParts } from '../../src/sign-ins/inform-issuers.ts'

const at = 1_800_000_000

let engine: Engine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

function signOutOf(letter: string, issuer = 'cognito'): SignOut {
  return { personId: letter.repeat(27), loginId: undefined, issuer, subject: `sub-${letter}` }
}

/** A table with the notes of these people. */
async function tableWith(...signOuts: readonly SignOut[]): Promise<OpenTable> {
  const table = createTable(await engine.newTable('access'))
  for (const signOut of signOuts) await writeSignOut(table, signOut, at * 1000)
  return table
}

/** Stores a browser session of a person. Returns its id. */
async function storeSession(table: OpenTable, personId: string): Promise<Digest> {
  const [ends, seen] = [
    { idleEnd: at + 60, absoluteEnd: at + 60 },
    { userAgent: '', firstSeen: at, lastSeen: at },
  ]
  const session = { id: digestOf(`cookie of ${personId}`), loginId: 'login-1', signedInAt: at, ...seen, ...ends }
  await table.write({ put: { ...sessionKey(session.id), personId } })
  await table.write({ put: entryItem(personId, session) })
  return session.id
}

/** An issuer that fails for some subjects, and records the others. */
function issuerThat(fails: (subject: string) => boolean = () => false) {
  const informed: string[] = []
  const events: string[] = []
  const endSignIns = async (subject: string) => {
    if (fails(subject)) throw new Error('out of reach')
    informed.push(subject)
  }
  const partsOf = (table: PassParts['table']): PassParts => ({
    table,
    clock: () => at * 1000,
    issuers: { cognito: endSignIns },
    log: (_level, event) => void events.push(event),
  })
  return { informed, events, partsOf }
}

describe('an issuer', () => {
  it('is informed once, and the note is removed', async () => {
    const table = await tableWith(signOutOf('a'))
    const { informed, partsOf } = issuerThat()
    expect(await informPending(partsOf(table))).toBe(0)
    expect(await informPending(partsOf(table))).toBe(0)
    expect(informed).toEqual(['sub-a'])
  })

  it('that is out of reach is informed later, and holds up no other person', async () => {
    const table = await tableWith(signOutOf('a'), signOutOf('b'))
    const { informed, events, partsOf } = issuerThat((subject) => subject === 'sub-a')
    expect(await informPending(partsOf(table))).toBe(1)
    expect([informed, events]).toEqual([['sub-b'], ['sign_out.issuer_not_informed']])
    expect((await readPendingSignOuts(table)).map(({ subject }) => subject)).toEqual(['sub-a'])
    const second = issuerThat()
    expect(await informPending(second.partsOf(table))).toBe(0)
    expect(second.informed).toEqual(['sub-a'])
  })

  it('is informed again after a crash between its answer and the removal of the note', async () => {
    const table = await tableWith(signOutOf('a'))
    const { informed, partsOf } = issuerThat()
    const cut = { ...table, write: () => Promise.reject(new Error('killed')) }
    expect(await informPending(partsOf(cut))).toBe(1)
    expect(await informPending(partsOf(table))).toBe(0)
    expect(informed).toEqual(['sub-a', 'sub-a'])
  })

  it.each(['own', 'constructor', '__proto__'])(
    'without a way is not informed, and leaves no note: %s',
    async (name) => {
      const table = await tableWith(signOutOf('a', name))
      const { informed, events, partsOf } = issuerThat()
      expect(await informPending(partsOf(table))).toBe(0)
      expect([informed, events]).toEqual([[], ['sign_out.issuer_without_way']])
      expect(await readPendingSignOuts(table)).toEqual([])
    },
  )

  it('is informed of the people behind one whose sessions can not be read', async () => {
    const table = await tableWith(signOutOf('a'), signOutOf('b'))
    await table.write({ put: { pk: `PERSON#${'a'.repeat(27)}`, sk: `SESSION#${'x'.repeat(43)}`, expiresAt: at + 60 } })
    const { informed, events, partsOf } = issuerThat()
    expect(await informPending(partsOf(table))).toBe(1)
    expect([informed, events]).toEqual([['sub-b'], ['sign_out.sessions_not_ended']])
  })

  it('that is out of reach holds up no other issuer, however many people wait for it', async () => {
    const letters = [...'abcdefghijkl']
    const table = await tableWith(...letters.map((letter) => signOutOf(letter, 'firebase')), signOutOf('z'))
    const { informed, partsOf } = issuerThat()
    const [waiting, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let waits = 0
    const firebase = () => {
      waits += 1
      if (waits === 10) waiting.resolve()
      return release.promise
    }
    const parts = partsOf(table)
    const pass = informPending({ ...parts, issuers: { ...parts.issuers, firebase } })
    await waiting.promise
    await expect.poll(() => informed).toEqual(['sub-z'])
    // An eleventh would have arrived.
    await wait(100)
    expect(waits).toBe(10)
    release.resolve()
    expect(await pass).toBe(0)
  })

  it('is informed after the sessions have ended which a crash has left', async () => {
    const table = createTable(await engine.newTable('access'))
    const id = await storeSession(table, signOutOf('a').personId)
    await writeSignOut(table, signOutOf('a'), at * 1000)
    const { partsOf } = issuerThat()
    expect(await informPending(partsOf(table))).toBe(0)
    expect(await table.get(sessionKey(id))).toMatchObject({ endedAt: at })
  })

  it('that takes none of ten is left alone until the next pass, which begins with another person', async () => {
    const table = await tableWith(...[...'abcdefghijz'].map((letter) => signOutOf(letter)))
    let calls = 0
    const { informed, partsOf } = issuerThat((subject) => {
      calls += 1
      return subject !== 'sub-z'
    })
    const passAt = (minute: number) => informPending({ ...partsOf(table), clock: () => minute * 60_000 })
    expect([await passAt(0), calls, informed]).toEqual([11, 10, []])
    expect([await passAt(1), informed]).toEqual([10, ['sub-z']])
  })

  it('that is out of reach holds up the end of no session', async () => {
    const letters = [...'abcdefghijklmnop']
    const table = await tableWith(...letters.map((letter) => signOutOf(letter)))
    for (const letter of letters) await storeSession(table, letter.repeat(27))
    expect(await informPending(issuerThat(() => true).partsOf(table))).toBe(16)
    const sessions = createSessionStore(table, () => at * 1000)
    for (const letter of letters) expect(await sessions.list(letter.repeat(27))).toEqual([])
  })

  it.each([{ subject: undefined }, { at: undefined }, { at: 'text' }, { sk: 'a person without an issuer' }])(
    'is not informed by a note that can not be read, which holds up no other: %j',
    async (change) => {
      const table = await tableWith(signOutOf('b'))
      const note = { pk: 'SIGNOUT', sk: `${'a'.repeat(27)}#cognito`, subject: 'sub-a', at, ...change }
      await table.write({ put: JSON.parse(JSON.stringify(note)) })
      const { informed, events, partsOf } = issuerThat()
      expect(await informPending(partsOf(table))).toBe(1)
      expect([informed, events]).toEqual([['sub-b'], ['sign_out.note_unreadable']])
    },
  )

  it('that fails does not fail the sign-out', async () => {
    const table = await tableWith(signOutOf('a'))
    const { partsOf } = issuerThat(() => true)
    const [note] = await readPendingSignOuts(table)
    expect(note && (await informIssuer(partsOf(table), note))).toBe(false)
    expect(await readPendingSignOuts(table)).toHaveLength(1)
  })
})
