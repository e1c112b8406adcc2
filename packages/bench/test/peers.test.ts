import { describe, expect, it } from 'vitest'
import { judge } from '../src/judge.ts'
import { askOf, layers } from '../src/layers.ts'
import { peer as floor } from '../src/peers/floor.ts'
import { entryOf, peerNames } from '../src/peers.ts'

const expected = await askOf(floor, 'engine')

describe.each(peerNames)('%s', (name) => {
  it.each(layers)('answers as the floor does: %s', async (layer) => {
    const { load, unguarded = false } = entryOf(name)
    const got = await askOf((await load()).peer, layer)
    if (!expected) throw new Error('the floor has an engine')
    expect(got ? await judge(expected, got, unguarded) : []).toEqual([])
  })
})

it('refuses a peer that guards nothing', async () => {
  const got = await askOf((await entryOf('graphql-js').load()).peer, 'engine')
  if (!expected || !got) throw new Error('both have an engine')
  expect(await judge(expected, got, false)).toContain('deniedField: note.internalNotes leaks')
})

it('sees an answer that changes when it is repeated', async () => {
  const asked = new Set<string>()
  if (!expected) throw new Error('the floor has an engine')
  const forgetful = (name: string) => {
    if (asked.has(name)) return { data: null }
    asked.add(name)
    return expected(name)
  }
  expect(await judge(expected, forgetful, false)).toContain('list: data is null')
})
