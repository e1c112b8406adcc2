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
