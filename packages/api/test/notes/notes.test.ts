import { beforeAll, describe, expect, it } from 'vitest'
import { act, done, seen, titles, written } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
})

describe('createNote', () => {
  it('writes a note that its owner reads back at once, alone and in the list', async () => {
    const alice = world.someone('creator')
    const input = { title: 'Tea', content: '# Leaves', tags: ['b', 'a'], pinned: true, color: 'GREEN' }
    const note = await written(alice, input)
    expect(note).toMatchObject({ ...input, tags: ['a', 'b'], version: 1, trashedAt: null, viewerRole: 'OWNER' })
    expect(note.createdAt).toBe(note.updatedAt)
    expect(await seen(alice, note.id)).toEqual(note)
    expect(await titles(alice, 'notes')).toEqual(['Tea'])
  })

  it('fills in what is left out, and null where the schema has a default', async () => {
    const blank = { content: '', tags: [], pinned: false, color: null }
    expect(await written(world.someone('alice'))).toMatchObject(blank)
    expect(await written(world.someone('alice'), { content: null, tags: null, pinned: null })).toMatchObject(blank)
  })

  it('keeps every character as it was sent', async () => {
    const alice = world.someone('alice')
    const input = {
      title: `O'Hara & <b>"Łódź"</b> 👩‍👩‍👧`,
      content: 'a\u0000b\r\n\tc\u2028d',
      tags: ['#1', 'NOTE#x', 'USER#bob'],
    }
    const { id } = await written(alice, input)
    expect(await seen(alice, id)).toMatchObject({
      title: input.title,
      content: input.content,
      tags: [...input.tags].sort(),
    })
  })

  it('counts tags that are the same once, whatever their spelling in Unicode', async () => {
    const { tags } = await written(world.someone('alice'), { tags: [' caf\u00e9', 'cafe\u0301', 'café '] })
    expect(tags).toEqual(['café'])
  })

  it('takes the longest that is allowed', async () => {
    const input = {
      title: '👍'.repeat(200),
      content: 'x'.repeat(100_000),
      tags: Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(50, 'x')),
    }
    expect(await written(world.someone('alice'), input)).toMatchObject({ content: input.content })
  })

  it.each(['ownerId', 'owner', 'version', 'createdAt', 'shares', 'trashedAt', 'id'])(
    'has no member %s',
    async (member) => {
      const { errors, data } = await act(world.someone('alice'), 'createNote', { title: 'x', [member]: 'bob' })
      expect(errors).toHaveLength(1)
      expect(data).toBeUndefined()
    },
  )
})

const bad: readonly [string, object, string][] = [
  ['an empty title', { title: '' }, 'input.title'],
  ['a blank title', { title: ' \u00a0 ' }, 'input.title'],
  ['a title of 201 characters', { title: 'x'.repeat(201) }, 'input.title'],
  ['a title of two lines', { title: 'a\nb' }, 'input.title'],
  ['half a surrogate pair in the title', { title: 'a\ud83d' }, 'input.title'],
  ['half a surrogate pair in the content', { content: 'a\udc00' }, 'input.content'],
  ['content of 100,001 bytes', { content: 'x'.repeat(100_001) }, 'input.content'],
  ['content of 100,002 bytes in fewer characters', { content: 'é'.repeat(50_001) }, 'input.content'],
  ['21 tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, 'input.tags'],
  ['an empty tag', { tags: ['a', ' '] }, 'input.tags.1'],
  ['a tag of 51 characters', { tags: ['x'.repeat(51)] }, 'input.tags.0'],
  ['an empty key', { idempotencyKey: '' }, 'input.idempotencyKey'],
  ['a key of 65 characters', { idempotencyKey: 'k'.repeat(65) }, 'input.idempotencyKey'],
  ['a key with a blank', { idempotencyKey: 'a b' }, 'input.idempotencyKey'],
  ['a key outside ASCII', { idempotencyKey: 'ключ' }, 'input.idempotencyKey'],
]

describe('input', () => {
  it.each(bad)(
    'with %s is refused by its path, on both ways in, and nothing is written',
    async (_, members, argument) => {
      const writer = world.someone('writer')
      const { id } = await written(writer)
      for (const [mutation, input] of [
        ['createNote', { title: 'x', ...members }],
        ['updateNote', { id, title: 'x', ...members }],
      ] as const) {
        const { codes, errors } = await act(writer, mutation, input)
        expect(codes).toEqual(['BAD_USER_INPUT'])
        expect(errors[0]?.originalError).toMatchObject({ extensions: { argument } })
      }
      expect(await seen(writer, id)).toMatchObject({ version: 1 })
      await done(writer, 'deleteNote', { id })
      expect(await titles(writer, 'notes')).toEqual([])
    },
  )
})

/** 25 notes with this number of different tags. */
function withTags(count: number) {
  return Array.from({ length: 25 }, (_, note) => ({
    title: 'x',
    tags: Array.from({ length: count }, (_, tag) => `t${tag}`).filter((_, tag) => tag % 25 === note),
  }))
}

describe('createNotes', () => {
  it('writes all, in the order given', async () => {
    const alice = world.someone('batcher')
    const notes = Array.from({ length: 25 }, (_, index) => ({ title: `n${index}`, tags: ['all', `t${index}`] }))
    const payload = await done(alice, 'createNotes', { notes })
    expect(payload.notes.map(({ title }: { title: string }) => title)).toEqual(notes.map(({ title }) => title))
    expect(await titles(alice, 'notes(first: 100, orderBy: { field: CREATED_AT, direction: ASC })')).toEqual(
      notes.map(({ title }) => title),
    )
    const { data } = await alice.ask('{ tags { tag count } }')
    expect(data.tags).toContainEqual({ tag: 'all', count: 25 })
  })
  it('takes 70 different tags', async () => {
    const alice = world.someone('tagger')
    await done(alice, 'createNotes', { notes: withTags(70), idempotencyKey: 'key' })
    expect((await alice.ask('{ tags { tag } }')).data.tags).toHaveLength(70)
  })
  it.each([
    ['none', [], 'input.notes'],
    ['26', Array.from({ length: 26 }, () => ({ title: 'x' })), 'input.notes'],
    ['71 different tags', withTags(71), 'input.notes'],
    ['one that is bad', [{ title: 'x' }, { title: '' }], 'input.notes.1.title'],
  ])('refuses %s and writes nothing', async (_, notes, argument) => {
    const bob = world.someone('bad batcher')
    const { codes, errors } = await act(bob, 'createNotes', { notes })
    expect([codes, errors[0]?.originalError]).toMatchObject([['BAD_USER_INPUT'], { extensions: { argument } }])
    expect(await titles(bob, 'notes')).toEqual([])
  })
})

describe('updateNote', () => {
  it('changes what is given and leaves the rest', async () => {
    const alice = world.someone('alice')
    const note = await written(alice, { content: 'c', tags: ['t'], color: 'RED', pinned: true })
    const changes = [
      { title: 'new' },
      { content: 'new' },
      { tags: ['u'] },
      { pinned: false },
      { color: null },
      { color: 'BLUE' },
    ]
    let expected = note
    for (const [index, change] of changes.entries()) {
      const { updatedAt, ...after } = (await done(alice, 'updateNote', { id: note.id, ...change })).note
      expect(updatedAt > expected.updatedAt).toBe(true)
      expected = { ...expected, ...change, version: index + 2, updatedAt }
      expect(after).toEqual({ ...expected, updatedAt: undefined })
    }
    expect(await seen(alice, note.id)).toEqual(expected)
  })
  it.each(['title', 'content', 'tags', 'pinned'])('refuses null for %s', async (member) => {
    const { id } = await written(world.someone('alice'))
    expect((await act(world.someone('alice'), 'updateNote', { id, [member]: null })).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('refuses to change nothing', async () => {
    const { id } = await written(world.someone('alice'))
    expect((await act(world.someone('alice'), 'updateNote', { id, version: 1 })).codes).toEqual(['BAD_USER_INPUT'])
  })
  it('leaves a note in the trash where it is', async () => {
    const alice = world.someone('trasher')
    const { id } = await written(alice)
    const { note } = await done(alice, 'trashNote', { id })
    await done(alice, 'updateNote', { id, title: 'changed' })
    expect(await seen(alice, id)).toMatchObject({ title: 'changed', trashedAt: note.trashedAt })
    expect([await titles(alice, 'notes'), await titles(alice, 'notes(filter: { trashed: true })')]).toEqual([
      [],
      ['changed'],
    ])
  })
  it('loses none of 20 changes at once', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice)
    await Promise.all(Array.from({ length: 20 }, (_, index) => done(alice, 'updateNote', { id, title: `t${index}` })))
    expect(await seen(alice, id)).toMatchObject({ version: 21 })
  })
  it('lets one of 10 changes of one version through', async () => {
    const alice = world.someone('alice')
    const { id } = await written(alice)
    const tries = Array.from({ length: 10 }, (_, index) =>
      act(alice, 'updateNote', { id, version: 1, title: `t${index}` }),
    )
    const codes = (await Promise.all(tries)).map((answer) => answer.codes)
    expect(codes.filter(({ length }) => length === 0)).toHaveLength(1)
    expect(codes.flat()).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'))
  })
})
