/** What is known of a lost attempt, from the note that its repetition meets. */
import { ConditionFailed, LostAnswer } from '@fieldnotes/table/failures'
import type { Table } from '@fieldnotes/table/table'
import { describe, expect, it } from 'vitest'
import { tryDirectly } from '../../src/notes/direct-update.ts'
import { noteItem } from '../../src/notes/note-item.ts'
import type { NoteScope } from '../../src/notes/note-scope.ts'
import { sampleNote } from '../support/notes.ts'

const lost = new Error('cut')

/** Changes the title at 10:00, by a write `mine`, which meets this item after a lost attempt. */
function change(item: ReturnType<typeof noteItem> | undefined, version: number | undefined) {
  const update = () => Promise.reject(new ConditionFailed([{ failed: true, item }], lost))
  const table = { update } as unknown as Table
  const clock = () => Date.parse('2026-11-21T10:00:00.000Z')
  const scope = { table, clock, newId: () => 'mine', personId: 'alice' } as unknown as NoteScope
  return tryDirectly(scope, 'n', { patch: { title: 'mine' }, version })
}

function met(hour: string, version: number, writeId = 'theirs') {
  return noteItem({ ...sampleNote, updatedAt: `2026-11-21T${hour}:00.000Z`, version }, writeId)
}

describe('a change whose answer got lost', () => {
  it.each([
    ['an earlier note', met('09:59', 3)],
    ['a note of the same instant', met('10:00', 3)],
  ])('is not made where its repetition meets %s', async (_what, item) => {
    expect(await change(item, undefined)).toMatchObject({ isWritten: false, note: { version: 3 }, lost: undefined })
  })

  it('is made where its repetition meets itself', async () => {
    expect(await change(met('10:00', 4, 'mine'), 3)).toMatchObject({ isWritten: true, note: { version: 4 } })
  })

  it('may be made where its repetition meets a later note', async () => {
    await expect(change(met('10:01', 5), undefined)).rejects.toThrow(LostAnswer)
  })

  it.each([
    ['the next version, which another write made', 4],
    ['the version, which another write changed', 3],
  ])('is not made for version 3 where its repetition meets %s', async (_what, version) => {
    const tried = change(met('10:01', version), 3)
    if (version === 3) expect(await tried).toMatchObject({ isWritten: false, lost: undefined })
    else await expect(tried).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  it('may be made for version 3 where its repetition meets version 5', async () => {
    await expect(change(met('10:01', 5), 3)).rejects.toThrow(LostAnswer)
  })

  it('is unknown where there is no note', async () => {
    expect(await change(undefined, 3)).toEqual({ isWritten: false, note: undefined, lost })
  })
})
