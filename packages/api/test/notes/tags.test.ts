import { describe, expect, it } from 'vitest'
import { done, shared, written } from '../support/acts.ts'
import { usePairs } from '../support/setup.ts'
import type { Caller } from '../support/world.ts'

const nextPair = usePairs()
let alice: Caller
let bob: Caller
function newPair() {
  ;({ alice, bob } = nextPair())
}

describe('tags', () => {
  it('count what lies outside the trash, through every change', async () => {
    newPair()
    const counts = async () =>
      (await alice.ask('{ tags { tag count } }')).data.tags.map(
        (row: { tag: string; count: number }) => `${row.tag}${row.count}`,
      )
    const { id } = await written(alice, { tags: ['a', 'b'] })
    await written(alice, { tags: ['b', 'c'] })
    expect(await counts()).toEqual(['a1', 'b2', 'c1'])
    await done(alice, 'updateNote', { id, tags: ['b', 'd'] })
    expect(await counts()).toEqual(['b2', 'c1', 'd1'])
    await done(alice, 'trashNote', { id })
    expect(await counts()).toEqual(['b1', 'c1'])
    await done(alice, 'updateNote', { id, tags: ['e'] })
    expect(await counts()).toEqual(['b1', 'c1'])
    await done(alice, 'restoreNote', { id })
    await done(alice, 'restoreNote', { id })
    expect(await counts()).toEqual(['b1', 'c1', 'e1'])
    await shared(alice, id, bob, 'EDITOR')
    await done(bob, 'updateNote', { id, tags: ['f'] })
    expect(await counts()).toEqual(['b1', 'c1', 'f1'])
    expect((await bob.ask('{ tags { tag } }')).data.tags).toEqual([])
    await done(alice, 'deleteNote', { id })
    expect(await counts()).toEqual(['b1', 'c1'])
  })
  it('are all listed, whatever character they begin with', async () => {
    newPair()
    // The last tag is one of the highest assigned letters of Unicode.
    const tags = ['!', '$', '~', '\u{323AF}', '\u{323AF}\u{323AF}']
    await written(alice, { tags })
    expect((await alice.ask('{ tags { tag count } }')).data.tags).toEqual(tags.map((tag) => ({ tag, count: 1 })))
  })
})
