import { describe, expect, it } from 'vitest'
import { createCursors } from '../../src/notes/cursors.ts'

const cursors = createCursors(['newest', 'older'])
const sealed = cursors.seal('alice notes', 'place')

function flipped(text: string, at: number) {
  const bytes = Buffer.from(text, 'base64url')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString('base64url')
}

const refused: readonly [string, string, string][] = [
  ['for another list', 'alice sharedWithMe', sealed],
  ['of another caller', 'bob notes', sealed],
  ['sealed with a secret we never had', 'alice notes', createCursors(['stranger']).seal('alice notes', 'place')],
  ['with another place', 'alice notes', flipped(sealed, 18)],
  ['with another seal', 'alice notes', flipped(sealed, 0)],
  ['cut short', 'alice notes', sealed.slice(0, 20)],
  ['of a seal alone', 'alice notes', Buffer.alloc(16).toString('base64url')],
  ['that is empty', 'alice notes', ''],
  ['in another spelling', 'alice notes', `${sealed}=`],
  ['with a character that is none of the alphabet', 'alice notes', `${sealed}*`],
  ['of 100 KB', 'alice notes', cursors.seal('alice notes', 'x'.repeat(75_000))],
]

describe('createCursors', () => {
  it('opens what it sealed', () => expect(cursors.open('alice notes', sealed)).toBe('place'))
  it('opens the longest that changes need: 7,000 hashes of 8 characters', () => {
    const position = `2026-11-22T09:00:00.000Z#${'x'.repeat(26)} 1795338000000 ${'x'.repeat(7000 * 8)}`
    const cursor = cursors.seal('alice changes', position)
    expect([cursors.open('alice changes', cursor), cursor.length < 75_000]).toEqual([position, true])
  })
  it('opens what an older secret sealed', () => {
    expect(cursors.open('alice notes', createCursors(['older']).seal('alice notes', 'place'))).toBe('place')
  })
  it('does not open a cursor whose list and place share a boundary', () => {
    expect(cursors.open('alice notesp', createCursors(['newest']).seal('alice notes', 'place'))).toBeUndefined()
  })
  it.each(refused)('does not open one %s', (_, list, cursor) => expect(cursors.open(list, cursor)).toBeUndefined())
  it('does not start without a secret', () => expect(() => createCursors([])).toThrow('secret'))
})
