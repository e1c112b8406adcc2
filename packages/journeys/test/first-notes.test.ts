/** The first journey over HTTP: two people at Cognito, one at Firebase, and an anonymous caller. */
import { beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { firstNotes, type Journey, type StepName } from './support/first-notes.ts'
import { atLaptop } from './support/local-cloud.ts'

const cloud = ephemeralCloud()
let journey: Journey

beforeAll(async () => {
  journey = await firstNotes(atLaptop(cloud))
})

function answer(step: StepName) {
  return journey.answers[step]
}

describe('a note of alice', () => {
  it('is written, and answered to alice', () => {
    expect(answer('aliceWrites')).toMatchObject({ status: 200, codes: {} })
    const { status, data, codes } = answer('aliceReads')
    expect([status, codes]).toEqual([200, {}])
    expect(data.note).toEqual({ id: journey.known.note, title: 'Groceries', content: 'Milk' })
  })

  it('does not exist for bob and carol: byte for byte the answer for an id that never was', () => {
    const steps = ['bobReads', 'carolReads', 'bobReadsAbsent', 'aliceReadsAbsent'] as const
    expect(journey.known.never).not.toBe(journey.known.note)
    expect(new Set(steps.map((step) => answer(step).text)).size).toBe(1)
    expect(answer('bobReads')).toMatchObject({ status: 200, data: { note: null }, codes: { note: 'NOT_FOUND' } })
  })

  it('is not returned to an anonymous caller, nor whether it exists', () => {
    const { status, data, codes, text } = answer('anonymousReads')
    expect({ status, data, codes }).toEqual({ status: 200, data: { note: null }, codes: { note: 'UNAUTHENTICATED' } })
    expect(answer('anonymousReadsAbsent').text).toBe(text)
  })

  it('is not returned for a changed token: nothing is executed, and the response says where to get a token', () => {
    const { status, data, codes, headers } = answer('forgerReads')
    expect({ status, data, codes }).toEqual({ status: 401, data: undefined, codes: { '': 'UNAUTHENTICATED' } })
    expect(headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token".*resource_metadata="http/)
  })

  it('is in the list of alice alone', () => {
    expect(answer('aliceLists').data.notes.nodes).toEqual([{ id: journey.known.note, title: 'Groceries' }])
    expect([answer('bobLists').data.notes.nodes, answer('carolLists').data.notes.nodes]).toEqual([[], []])
  })

  it.each([
    ['updateNote', 'bobUpdates', 'afterBobUpdates'],
    ['trashNote', 'bobTrashes', 'afterBobTrashes'],
    ['deleteNote', 'bobDeletes', 'afterBobDeletes'],
  ] as const)('can not be touched by bob with %s', (mutation, step, after) => {
    const { data, codes } = answer(step)
    expect(data).toEqual({ [mutation]: null })
    expect(codes).toEqual({ [mutation]: 'NOT_FOUND' })
    expect(answer(after).text).toBe(answer('aliceReads').text)
  })
})

describe('fields', () => {
  it('answers what is the owner’s, and refuses what needs a group or another scope, and the rest lives', () => {
    const { status, data, codes } = answer('fieldsForAlice')
    expect(status).toBe(200)
    expect(data.note).toEqual({
      title: 'Groceries',
      sizeBytes: null,
      lastEditedWith: null,
      shares: [],
      owner: { name: 'Alice', email: 'alice@cognito.example' },
    })
    expect(codes).toEqual({ 'note.sizeBytes': 'FORBIDDEN', 'note.lastEditedWith': 'FORBIDDEN' })
  })

  it('answers them with the group and the scope', () => {
    const { data, codes } = answer('fieldsForAuditor')
    expect(codes).toEqual({})
    expect(data.note.sizeBytes).toBeGreaterThan(0)
    expect(data.note.lastEditedWith).toBe('localclient0001')
  })

  it('shows a note to whom it is shared with, and still refuses the field that is the owner’s', () => {
    expect(answer('aliceShares').codes).toEqual({})
    const { data, codes } = answer('fieldsForBob')
    expect(data.note).toMatchObject({ title: 'Groceries', shares: null, owner: { name: 'Alice', email: null } })
    expect(codes).toMatchObject({ 'note.shares': 'FORBIDDEN', 'note.owner.email': 'FORBIDDEN' })
  })
})

describe('scopes', () => {
  it('does not let alice write without notes:write, and writes nothing', () => {
    const refused = { status: 200, data: { createNote: null }, codes: { createNote: 'FORBIDDEN' } }
    expect(answer('readerWrites')).toMatchObject(refused)
    expect(answer('afterReaderWrites').text).toBe(answer('aliceLists').text)
  })

  it('does not let an anonymous caller write', () => {
    expect(answer('anonymousWrites').codes).toEqual({ createNote: 'UNAUTHENTICATED' })
  })
})

describe('the end of a note', () => {
  it('comes after a change, which is made once for each version', () => {
    expect(answer('aliceUpdates').data.updateNote.note).toEqual({ title: 'Food', version: 3 })
    expect(answer('aliceUpdatesTheOldOne').codes).toEqual({ updateNote: 'CONFLICT' })
  })

  it('is for good', () => {
    const { note } = journey.known
    expect(answer('aliceTrashes').data).toEqual({ trashNote: { note: { id: note } } })
    expect(answer('aliceDeletes').data).toEqual({ deleteNote: { deletedNoteId: note } })
    expect(answer('afterAliceDeletes').text).toBe(answer('aliceReadsAbsent').text)
  })
})

describe('people', () => {
  it('takes the same name at two issuers for two people', () => {
    const [one, other] = [answer('daveReadsId').data.me, answer('otherDaveReadsId').data.me]
    expect(one.name).toBe(other.name)
    expect(one.id).not.toBe(other.id)
  })

  it('prints no token and no address', async () => {
    expect(journey.tokens.length).toBeGreaterThan(2)
    for (const secret of [...journey.tokens, 'cognito.example', 'Groceries', 'Milk']) {
      expect(await cloud.printed()).not.toContain(secret.split('.').at(-1))
      expect(await cloud.printed()).not.toContain(secret)
    }
  })
})
