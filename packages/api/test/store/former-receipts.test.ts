/** Receipts of the previous release are still honoured for a day. */

import type { Item } from '@fieldnotes/table/writes'
import { beforeEach, describe, expect, it } from 'vitest'
import { parseIdOf } from '../../src/notes/ids.ts'
import { act, done } from '../support/acts.ts'
import { content, key, type ReceiptWorld, useReceipts } from '../support/receipts.ts'

const current = useReceipts()
let world: ReceiptWorld['world']
let alice: ReceiptWorld['alice']
let receipts: ReceiptWorld['receipts']
let prepare: ReceiptWorld['prepare']
beforeEach(() => {
  ;({ world, alice, receipts, prepare } = current())
})

const name = 'A name of its own'

/** Receipts of the previous release, with the whole result. */
describe('a former receipt', () => {
  const former = async (answer: object) => {
    const [receipt] = await receipts()
    const { ids: _, versions: __, ...rest } = receipt as Item
    await world.table.write({ put: { ...rest, answer } as Item })
  }
  const note = (id: string, version: number) => ({
    id: parseIdOf('Note', id, 'id'),
    ownerId: 'alice',
    title: 'of then',
    content,
    version,
    shares: {},
  })

  it('of a change is honoured, and its contents are not answered with', async () => {
    const id = await prepare()
    const input = { id, title: 'changed', ...key }
    const first = await done(alice, 'updateNote', input)
    await former(note(id, 3))
    expect(await done(alice, 'updateNote', input)).toEqual(first)
    expect((await act(alice, 'updateNote', { ...input, title: 'other' })).codes).toEqual(['BAD_USER_INPUT'])
    await done(alice, 'deleteNote', { id })
    const { codes, data } = await act(alice, 'updateNote', input)
    expect([codes, data]).toEqual([['NOT_FOUND'], { updateNote: null }])
  })
  it('of new notes is honoured', async () => {
    const input = { notes: [{ title: 'one' }, { title: 'two' }], ...key }
    const first = await done(alice, 'createNotes', input)
    const ids = first.notes.map(({ id }: { id: string }) => parseIdOf('Note', id, 'id'))
    await former({ ids, at: first.notes[0].createdAt, clientId: 'app' })
    expect(await done(alice, 'createNotes', input)).toEqual(first)
    await done(alice, 'deleteNote', { id: first.notes[1].id })
    expect((await act(alice, 'createNotes', input)).codes).toEqual(['NOT_FOUND'])
  })
  it('of a deletion is honoured', async () => {
    const id = await prepare()
    const first = await done(alice, 'deleteNote', { id, ...key })
    await former(note(id, 2))
    expect(await done(alice, 'deleteNote', { id, ...key })).toEqual(first)
  })
  it('of a profile is honoured', async () => {
    const first = await done(alice, 'updateProfile', { name, ...key })
    await former({ id: 'alice', name, handle: first.me.handle, revision: 2 })
    expect(await done(alice, 'updateProfile', { name, ...key })).toEqual(first)
  })
})
