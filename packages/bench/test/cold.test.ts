import { describe, expect, it } from 'vitest'
import { measureAllCold } from '../src/cold/cold-figures.ts'
import { createWatch } from '../src/measure/machine.ts'

/** A machine with two cores, one of which is used by others: each reading is one second later. */
function busy() {
  let second = 0
  return () => {
    second += 1
    return { cores: 2, used: second * 1000, idle: second * 1000 }
  }
}

describe('the cold starts', () => {
  it('are watched before the peers and again before the endpoint', async () => {
    const said: string[] = []
    const watch = createWatch((line) => said.push(line), busy())
    const { peers, endpoint } = await measureAllCold({ starts: 1, only: ['floor'] }, watch)
    expect(said).toEqual([
      'the machine is busy: others use 1.0 cores (before the cold starts of the peers)',
      'the machine is busy: others use 1.0 cores (before the cold starts of the endpoint)',
    ])
    expect(peers.map(({ name }) => name)).toEqual(['floor'])
    expect(endpoint.map(({ name }) => name)).toEqual(['endpoint-open', 'endpoint', 'endpoint-eager'])
  }, 120_000)

  it('of graphql-shield answer: the library is part of its bundle', async () => {
    const { peers } = await measureAllCold(
      { starts: 1, only: ['floor', 'shield-default'] },
      createWatch(() => {}),
    )
    expect(peers.map(({ name }) => name)).toEqual(['floor', 'shield-default'])
  }, 120_000)
})
