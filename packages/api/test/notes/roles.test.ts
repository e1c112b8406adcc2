import type { AppError } from '@fieldnotes/core/error'
import { describe, expect, it, vi } from 'vitest'
import type { Note } from '../../src/notes/note.ts'
import { type Action, assertMay, assertVisible, roleOf, roles } from '../../src/notes/roles.ts'

const at = '2026-11-22T09:00:00.000Z'
const note = {
  ownerId: 'alice',
  trashedAt: undefined,
  shares: { bob: { role: 'EDITOR', at }, victor: { role: 'VIEWER', at } },
} as unknown as Note
const trashed: Note = { ...note, trashedAt: at }

function thrown(act: () => void): unknown {
  try {
    act()
    return undefined
  } catch (error) {
    return error
  }
}

function reader(personId: string) {
  return { personId, readsNotes: () => true }
}

const people = ['alice', 'bob', 'victor', 'carol', 'constructor', '__proto__', '']

describe('the role in a note', () => {
  it('is that of the owner, of the share, or none', () => {
    expect(people.map((who) => roleOf(note, who))).toEqual(['OWNER', 'EDITOR', 'VIEWER', ...Array(4).fill(undefined)])
  })

  it("is the owner's alone in the trash", () => {
    expect(people.map((who) => roleOf(trashed, who))).toEqual(['OWNER', ...Array(6).fill(undefined)])
  })
})

/** The people who may do each action; all others are refused. */
const table: Readonly<Record<Action, string>> = {
  update: 'alice bob',
  trash: 'alice',
  restore: 'alice',
  delete: 'alice',
  share: 'alice',
  leave: 'bob victor',
}

const cases = (Object.keys(roles) as Action[]).flatMap((action) => people.map((who) => [action, who] as const))

describe('an action on a note', () => {
  it.each(cases)('%s by %s is refused unless the table says otherwise', (action, who) => {
    const visible = ['alice', 'bob', 'victor'].includes(who)
    const allowed = table[action].split(' ').includes(who)
    const expected = allowed ? undefined : { code: visible ? 'FORBIDDEN' : 'NOT_FOUND' }
    const error = thrown(() => assertMay(action, note, reader(who)))
    if (expected) expect(error).toMatchObject(expected)
    else expect(error).toBeUndefined()
  })

  it.each(Object.keys(table) as Action[])(
    '%s of a note in the trash gives every other caller the refusal of a note that does not exist',
    (action) => {
      for (const who of people.slice(1))
        expect(thrown(() => assertMay(action, trashed, reader(who)))).toMatchObject({ code: 'NOT_FOUND' })
      expect(thrown(() => assertMay(action, undefined, reader('alice')))).toMatchObject({ code: 'NOT_FOUND' })
    },
  )

  it('suggests nothing to an owner who leaves: no share would help', () => {
    const { code, remedy } = thrown(() => assertMay('leave', note, reader('alice'))) as AppError
    expect([code, remedy]).toEqual(['FORBIDDEN', undefined])
  })

  it('suggests the owner to a viewer who updates, and only with a token that reads the note', () => {
    const remedies = [true, false].map((readsNotes) =>
      thrown(() => assertMay('update', note, { personId: 'victor', readsNotes: () => readsNotes })),
    )
    expect(remedies).toMatchObject([{ code: 'FORBIDDEN', remedy: { kind: 'ASK_OWNER' } }, { code: 'FORBIDDEN' }])
    expect(remedies[1]).toHaveProperty('remedy', undefined)
    expect(thrown(() => assertMay('trash', note, reader('victor')))).toHaveProperty('remedy', undefined)
  })

  it.each([
    ['an allowed action', 'bob', 'update'],
    ['a refusal that no share changes', 'victor', 'trash'],
    ['a note that is not visible', 'carol', 'update'],
  ] as const)('does not evaluate what the token reads for %s', (_what, personId, action) => {
    const readsNotes = vi.fn(() => true)
    thrown(() => assertMay(action, note, { personId, readsNotes }))
    expect(readsNotes).not.toHaveBeenCalled()
  })

  it('gives the reason to the log alone', () => {
    const reasons = [
      thrown(() => assertVisible(undefined, 'alice')),
      thrown(() => assertVisible(note, 'carol')),
      thrown(() => assertMay('trash', note, reader('bob'))),
    ]
    expect(reasons.map((error) => Object(error).reason)).toEqual([
      'no such note',
      "another person's note",
      'trash needs another role',
    ])
  })
})
