/** What a repeated call with an idempotency key returns after the first call. */

import type { Item } from '@fieldnotes/table/writes'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseIdOf } from '../../src/notes/ids.ts'
import { act, done, handleOf, seen, shared, titles, written } from '../support/acts.ts'
import { key, type ReceiptWorld, useReceipts } from '../support/receipts.ts'

const current = useReceipts()
let world: ReceiptWorld['world']
let alice: ReceiptWorld['alice']
let bob: ReceiptWorld['bob']
let receipts: ReceiptWorld['receipts']
let prepare: ReceiptWorld['prepare']
let delay: ReceiptWorld['delay']
beforeEach(() => {
  ;({ world, alice, bob, receipts, prepare, delay } = current())
})

const name = 'A name of its own'

describe('a repeated call', () => {
  it('that deleted a note repeats its success', async () => {
    const id = await prepare()
    const first = await done(alice, 'deleteNote', { id, ...key })
    expect(await done(alice, 'deleteNote', { id, ...key })).toEqual(first)
    expect((await act(alice, 'deleteNote', { id })).codes).toEqual(['NOT_FOUND'])
    expect((await act(alice, 'deleteNote', { id: (await written(alice)).id, ...key })).codes).toEqual([
      'BAD_USER_INPUT',
    ])
  })
  it('that left a note repeats its success, and does not leave again when it is shared anew, or deleted', async () => {
    const id = await prepare()
    const first = await done(bob, 'leaveNote', { id, ...key })
    await shared(alice, id, bob)
    expect(await done(bob, 'leaveNote', { id, ...key })).toEqual(first)
    expect(await seen(bob, id)).toMatchObject({ viewerRole: 'VIEWER' })
    await done(alice, 'deleteNote', { id })
    expect(await done(bob, 'leaveNote', { id, ...key })).toEqual(first)
  })
  it('that wrote several notes is NOT_FOUND as soon as one of them is deleted', async () => {
    const input = { notes: [{ title: 'one' }, { title: 'two' }], ...key }
    const { notes } = await done(alice, 'createNotes', input)
    expect((await done(alice, 'createNotes', input)).notes).toEqual(notes)
    await done(alice, 'trashNote', { id: notes[0].id })
    expect((await done(alice, 'createNotes', input)).notes[0]).toMatchObject({ title: 'one', version: 2 })
    await done(alice, 'deleteNote', { id: notes[0].id })
    expect((await act(alice, 'createNotes', input)).codes).toEqual(['NOT_FOUND'])
    expect(await titles(alice, 'notes')).toEqual(['two'])
  })
  it('of an editor is NOT_FOUND while the note is in the trash and after the share has ended', async () => {
    const id = await prepare()
    const input = { id, title: 'by bob', ...key }
    const { note } = await done(bob, 'updateNote', input)
    await done(alice, 'trashNote', { id })
    expect((await act(bob, 'updateNote', input)).codes).toEqual(['NOT_FOUND'])
    await done(alice, 'restoreNote', { id })
    expect((await done(bob, 'updateNote', input)).note).toMatchObject({ title: 'by bob', version: note.version + 2 })
    await done(bob, 'leaveNote', { id })
    expect((await act(bob, 'updateNote', input)).codes).toEqual(['NOT_FOUND'])
  })
  it('of a profile is answered with the profile as it is by then, and its receipt holds a revision', async () => {
    const input = { name, renewHandle: true, ...key }
    const first = await done(alice, 'updateProfile', input)
    expect(await done(alice, 'updateProfile', input)).toEqual(first)
    const [receipt] = await receipts()
    expect(JSON.stringify(receipt)).not.toContain(name)
    expect(receipt).toMatchObject({ ids: ['alice'], versions: [2] })
    const { me } = await done(alice, 'updateProfile', { name: 'Later' })
    expect((await done(alice, 'updateProfile', input)).me).toEqual(me)
  })
  it('never answers with a note that is older than its receipt: reads meet a transaction item by item', async () => {
    const id = await prepare()
    const noteKey = { pk: 'USER#alice', sk: `NOTE#${parseIdOf('Note', id, 'id')}` }
    const item = await world.table.get(noteKey)
    const input = { id, title: 'changed', ...key }
    const first = await done(alice, 'updateNote', input)
    const stale = delay(item as Item, 3)
    expect(await done(alice, 'updateNote', input)).toEqual(first)
    expect(stale.reads).toBe(0)
  })
  it('never answers with a profile that is older than its receipt', async () => {
    await handleOf(alice)
    const item = await world.table.get({ pk: 'USER#alice', sk: 'PROFILE' })
    const first = await done(alice, 'updateProfile', { name, ...key })
    delay(item as Item, 3)
    // The payload has `me`, which is read separately: only the result of the mutation itself is compared.
    expect(await done(alice, 'updateProfile', { name, ...key })).toEqual(first)
  })
})
