/** Notes as files: names that stay in their folder, and front matter that YAML reads as the same values. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { noteEntry } from '../src/notes/markdown.ts'
import type { ReadNote } from '../src/notes/operations.ts'
import { note } from './kit/far-side.ts'

function entryOf(members: object, id = 'id') {
  return noteEntry(note(id, members) as unknown as ReadNote)
}

/** The front matter, as a YAML library reads it, and what follows. */
function parts(text: string) {
  const [, matter = '', content = ''] = /^---\n((?:\w+: .*\n)*)---\n([\s\S]*)$/.exec(text) ?? []
  const document = parseDocument(matter)
  return { errors: document.errors, values: document.toJS(), content }
}

const hostile = [
  '../../etc/passwd',
  '/absolute',
  'C:\\windows',
  'a\r\nb: c',
  '---',
  '# heading: "quoted" \'single\'',
  'nul \u0000 bell \u0007 line \u2028 next \u0085 bom \ufeff',
  '\u202egnp.exe',
  'CON',
  '.',
  '..',
  '...hidden',
  '😀'.repeat(100),
  'ﬁ ligature é e\u0301 \ud800',
  'a'.repeat(200),
  '日本語のノート',
  '𝓕𝓪𝓷𝓬𝔂'.repeat(20),
  '𠀀a'.repeat(60),
  '*anchor &ref !tag %dir @at `tick` [x] {y} | > ?',
  '',
]

describe('a note', () => {
  it.each(hostile)('with the title %j has a plain path, and the same title in the front matter', (title) => {
    const { path, text } = entryOf({ title, tags: [title, 'yes', '1', 'null', '~'], content: `${title}\r\n---\n` })
    expect(path).toMatch(/^notes\/[\p{L}\p{N}-]{1,50}-[0-9a-f]{16}\.md$/u)
    expect(Buffer.byteLength(path.slice('notes/'.length))).toBeLessThanOrEqual(255)
    const { errors, values, content } = parts(text)
    expect(errors).toEqual([])
    expect(values).toMatchObject({ title: title, tags: [title, 'yes', '1', 'null', '~'], pinned: false })
    expect(content).toBe(`${title}\r\n---\n`)
  })

  it('has the same values in YAML for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, content) => {
        const { path, text } = entryOf({ title, content })
        const found = parts(text)
        expect([found.errors, found.values.title, found.content]).toEqual([[], title, content])
        expect(path.split('/').length).toBe(2)
      }),
    )
  })

  it('has a path of its own whatever its title, also where case does not count', () => {
    const paths = ['aB', 'Ab', 'ab'].map((id) => entryOf({ title: 'Same' }, id).path.toLowerCase())
    expect(new Set(paths).size).toBe(3)
  })

  it('of the trash is in its folder, and what is null is left out', () => {
    const { path, text } = entryOf({ trashedAt: '2026-11-22T09:00:00.000Z', color: null, content: null })
    expect([path.startsWith('trash/'), 'color' in parts(text).values, parts(text).content]).toEqual([true, false, ''])
  })

  it('lists the people with whom it is shared', () => {
    const share = { person: { id: 'p' }, role: 'EDITOR', sharedAt: '2026-11-22T09:00:00.000Z' }
    const { values } = parts(entryOf({ shares: [share] }).text)
    expect(values.shares).toEqual([{ id: 'p', role: 'EDITOR', since: '2026-11-22T09:00:00.000Z' }])
  })
})
