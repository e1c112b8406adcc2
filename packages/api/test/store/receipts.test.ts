/** Receipts have no contents, and a repeated call returns what is stored now, and nothing that was deleted. */

import type { Item } from '@fieldnotes/table/writes'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseIdOf } from '../../src/notes/ids.ts'
import { act, done, handleOf, idOf, type Mutation, written } from '../support/acts.ts'
import { content, key, type ReceiptWorld, title, useReceipts } from '../support/receipts.ts'
import type { Caller } from '../support/world.ts'

const current = useReceipts()
let alice: ReceiptWorld['alice']
let bob: ReceiptWorld['bob']
let stored: ReceiptWorld['stored']
let receipts: ReceiptWorld['receipts']
let prepare: ReceiptWorld['prepare']
beforeEach(() => {
  ;({ alice, bob, stored, receipts, prepare } = current())
})

/** Every mutation of alice's note, which bob may edit, with a key. */
const keyed: readonly (readonly [Mutation, () => Caller, (id: string) => object | Promise<object>])[] = [
  ['createNote', () => alice, () => ({ title, content })],
  ['createNotes', () => alice, () => ({ notes: [{ title, content }, { title: 'another' }] })],
  ['updateNote', () => alice, (id) => ({ id, content })],
  ['updateNote', () => bob, (id) => ({ id, title, content })],
  ['trashNote', () => alice, (id) => ({ id })],
  ['restoreNote', () => alice, (id) => ({ id })],
  ['shareNote', () => alice, async (id) => ({ id, handle: await handleOf(bob), role: 'VIEWER' })],
  ['unshareNote', () => alice, async (id) => ({ id, personId: await idOf(bob) })],
]

function noteIds({ note, notes }: { note?: { id: string }; notes?: { id: string }[] }) {
  return note ? [note.id] : (notes ?? []).map(({ id }) => id)
}

describe.each(keyed)('%s with a key (%#)', (mutation, who, body) => {
  const call = async () => {
    const id = await prepare()
    const input = { ...(await body(id)), ...key }
    return { id, input, first: await done(who(), mutation, input) }
  }
  it('leaves a receipt of digests, ids and versions alone', async () => {
    const { first } = await call()
    const [receipt, ...others] = await receipts()
    const { pk, sk, body: digest, expiresAt, ids, versions, ...rest } = receipt as Item
    expect([others, rest]).toEqual([[], {}])
    expect(ids).toEqual(noteIds(first).map((one) => parseIdOf('Note', one, 'id')))
    expect(versions).toEqual([first.note ?? first.notes].flat().map(({ version }: { version: number }) => version))
    expect(JSON.stringify(receipt)).not.toMatch(/of its own|of their own/)
  })
  it('is answered with the note as it is by then', async () => {
    const { input, first } = await call()
    const [id = ''] = noteIds(first)
    const later = await done(alice, 'updateNote', { id, title: 'later', pinned: true })
    const again = await done(who(), mutation, input)
    expect(again.note ?? again.notes[0]).toMatchObject({
      ...{ title: 'later', pinned: true, version: later.note.version, updatedAt: later.note.updatedAt },
    })
    if (again.notes) expect(again.notes.slice(1)).toEqual(first.notes.slice(1))
  })
  it('is NOT_FOUND once the note is deleted, and still BAD_USER_INPUT with another body', async () => {
    const { input, first } = await call()
    const [id = ''] = noteIds(first)
    await done(alice, 'deleteNote', { id })
    expect((await act(who(), mutation, input)).codes).toEqual(['NOT_FOUND'])
    const other =
      'notes' in input
        ? { notes: [{ title: 'other' }] }
        : 'title' in input
          ? { title: 'other' }
          : { id: (await written(alice)).id }
    expect((await act(who(), mutation, { ...input, ...other })).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('leaves nothing of a deleted note in the table', async () => {
    const { id, first } = await call()
    for (const gone of new Set([id, ...noteIds(first)]))
      await done(alice, 'deleteNote', { id: gone, idempotencyKey: gone })
    expect(JSON.stringify(await stored())).not.toMatch(/of its own|of their own/)
  })
})
