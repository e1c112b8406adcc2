import { describe, expect, it } from 'vitest'
import { Problems } from '../../src/errors/bad-input.ts'
import type { NewNoteInput, UpdateNoteInput } from '../../src/generated/types.ts'
import { parseDraft, parsePatch } from '../../src/notes/note-input.ts'

/** What `parse` returns, and the problems that it adds. */
function parsed<T>(parse: (problems: Problems) => T): { value: T; found: unknown } {
  const problems = new Problems()
  const value = parse(problems)
  try {
    problems.assertNone()
    return { value, found: [] }
  } catch (error) {
    return { value, found: (error as { extensions: { arguments: unknown } }).extensions.arguments }
  }
}
function draftOf(input: Partial<NewNoteInput>) {
  return parsed((problems) => parseDraft({ title: 'T', ...input }, 'input.notes.2', problems))
}
function patchOf(input: Omit<UpdateNoteInput, 'id'>) {
  return parsed((problems) => parsePatch({ id: 'x', ...input }, problems))
}
function tags(count: number) {
  return Array.from({ length: count }, (_, index) => `t${index}`)
}
const defaults = { title: 'T', content: '', tags: [], pinned: false, color: undefined }
const bytes = 'use at most 100000 bytes'
const tagCount = 'use at most 20 tags'

describe('parseDraft', () => {
  it.each([
    ['nothing but a title', {}],
    ['null for every other member', { content: null, tags: null, pinned: null, color: null }],
  ])('gives the defaults for %s', (_, input) => {
    expect(draftOf(input)).toEqual({ value: defaults, found: [] })
  })

  it('keeps what is given; tags are composed, sorted and without repetitions', () => {
    const given = { content: 'c', pinned: true, color: 'RED', tags: ['b', ' a ', 'e\u0301', '\u00e9', 'b'] } as const
    const { value, found } = draftOf({ ...given, tags: [...given.tags] })
    expect([value, found]).toEqual([{ ...given, title: 'T', tags: ['a', 'b', '\u00e9'] }, []])
  })

  it.each([
    ['an empty title', { title: '' }, 'title', 'use 1 to 200 characters'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'title', 'use 1 to 200 characters'],
    ['a content of a byte too many', { content: 'x'.repeat(100_001) }, 'content', bytes],
    ['a content of fewer characters and a byte too many', { content: `é${'x'.repeat(99_999)}` }, 'content', bytes],
    ['half a surrogate pair', { content: '\ud800' }, 'content', 'use well-formed Unicode'],
    ['21 tags', { tags: tags(21) }, 'tags', tagCount],
    ['41 tags', { tags: tags(41) }, 'tags', tagCount],
    ['41 times one tag', { tags: Array(41).fill('t') }, 'tags', tagCount],
    ['an empty tag', { tags: ['a', ' '] }, 'tags.1', 'use 1 to 50 characters'],
    ['a tag of 51 characters', { tags: ['x'.repeat(51)] }, 'tags.0', 'use 1 to 50 characters'],
  ])('finds %s', (_, input, member, reason) => {
    expect(draftOf(input).found).toEqual([{ argument: `input.notes.2.${member}`, reason }])
  })

  it.each([
    ['a title of 200 characters', { title: 'x'.repeat(200) }],
    ['a content of 100,000 bytes', { content: 'é'.repeat(50_000) }],
    ['20 tags', { tags: tags(20) }],
    ['40 tags, half of them repeated', { tags: [...tags(20), ...tags(20)] }],
    ['a tag of 50 characters', { tags: ['x'.repeat(50)] }],
  ])('accepts %s', (_, input) => {
    expect(draftOf(input).found).toEqual([])
  })
})

describe('parsePatch', () => {
  it.each([
    ['title', { title: 'T' }],
    ['content', { content: '' }],
    ['tags', { tags: [] }],
    ['pinned', { pinned: false }],
    ['color', { color: 'RED' }],
  ] as const)('is the given member alone: %s', (member, input) => {
    expect(patchOf({ ...input } as Omit<UpdateNoteInput, 'id'>)).toEqual({ value: input, found: [] })
    expect(Object.keys(patchOf({ ...input } as Omit<UpdateNoteInput, 'id'>).value)).toEqual([member])
  })

  it('removes the color for null', () => {
    const { value, found } = patchOf({ color: null })
    expect([Object.entries(value), found]).toEqual([[['color', undefined]], []])
  })

  it('finds no change', () => {
    expect(patchOf({})).toEqual({ value: {}, found: [{ argument: 'input', reason: 'nothing to change' }] })
  })

  it.each(['title', 'content', 'tags', 'pinned'])('finds null for %s, which can’t be removed', (member) => {
    const { value, found } = patchOf({ [member]: null })
    expect([value, found]).toEqual([{}, [{ argument: `input.${member}`, reason: 'leave it out or give a value' }]])
  })

  it.each([
    ['title', { title: '' }, 'use 1 to 200 characters'],
    ['content', { content: '\ud800' }, 'use well-formed Unicode'],
    ['tags', { tags: tags(21) }, tagCount],
  ])('finds a bad %s', (member, input, reason) => {
    expect(patchOf(input).found).toEqual([{ argument: `input.${member}`, reason }])
  })
})
