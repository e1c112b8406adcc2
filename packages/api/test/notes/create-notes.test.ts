import { beforeAll, describe, expect, it } from 'vitest'
import { act, done, titles } from '../support/acts.ts'
import { useWorlds } from '../support/setup.ts'
import type { World } from '../support/world.ts'

const newWorld = useWorlds()
let world: World
beforeAll(async () => {
  world = await newWorld()
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
