import { describe, expect, it } from 'vitest'
import { type Execute, executorOf, type Layer, layers } from '../src/contract/layers.ts'
import { entryOf, type PeerName, peerNames } from '../src/peers/peer-list.ts'
import { compareAnswers } from '../src/warm/compare-answers.ts'

/** The peer at this layer, if it has one. */
async function executorAt(name: PeerName, layer: Layer): Promise<Execute | undefined> {
  return executorOf((await entryOf(name).load()).peer, layer)
}

async function present(name: PeerName, layer: Layer): Promise<Execute> {
  const execute = await executorAt(name, layer)
  if (!execute) throw new Error(`${name} has no ${layer}`)
  return execute
}

describe.each(peerNames)('%s', (name) => {
  it.each(layers)('answers as the floor does: %s', async (layer) => {
    const got = await executorAt(name, layer)
    expect(got ? await compareAnswers(await present('floor', layer), got, entryOf(name)) : []).toEqual([])
  })
})

const taken = peerNames.flatMap((name) =>
  Object.keys(entryOf(name).liberties ?? {}).map((liberty) => [name, liberty] as const),
)

describe('liberties', () => {
  it('are had by these alone', () => {
    expect(taken.map((row) => row.join(': '))).toEqual([
      'shield-default: codes',
      'shield-tuned: codes',
      'yoga-generic-auth: refusesAhead',
      'yoga-generic-auth: codes',
      'yoga-generic-auth: status',
      'yoga-generic-auth-jit: refusesAhead',
      'yoga-generic-auth-jit: codes',
      'yoga-generic-auth-jit: status',
      'mercurius-auth: textPositions',
      'mercurius-auth: codes',
      'mercurius-auth-jit: textPositions',
      'mercurius-auth-jit: codes',
      'pothos: codes',
      'type-graphql: codes',
    ])
  })

  it.each(taken)('are needed: %s without %s answers differently', async (name, liberty) => {
    const { liberties } = entryOf(name)
    const terms = { liberties: { ...liberties, [liberty]: undefined } }
    expect(await compareAnswers(await present('floor', 'lambda'), await present(name, 'lambda'), terms)).not.toEqual([])
  })
})

describe('compareAnswers', () => {
  it('refuses a peer that guards nothing', async () => {
    const found = await compareAnswers(await present('floor', 'engine'), await present('graphql-js', 'engine'))
    expect(found).toContain('deniedField: data.note.internalNotes leaks')
  })

  it('sees an answer that changes when it is repeated', async () => {
    const expected = await present('floor', 'engine')
    const known = new Set<string>()
    const forgetful = (name: string) => {
      if (known.has(name)) return { data: null }
      known.add(name)
      return expected(name)
    }
    expect(await compareAnswers(expected, forgetful)).toContain('list: data is null')
  })
})
