import { startDatabase } from '@fieldnotes/local/database'
import { describe, expect, it } from 'vitest'
import { type DoorCost, doorFaults, measureDoors } from '../src/store/door-requests.ts'

const cost: DoorCost = {
  name: 'a door',
  answer: '200',
  reads: 1,
  writes: 0,
  expected: { answer: '200', reads: 1, writes: 0 },
}

describe('the table of doors', () => {
  it('has no fault: each door answers as it has to, and reads no more', async () => {
    process.env.AWS_ACCESS_KEY_ID ??= 'none'
    process.env.AWS_SECRET_ACCESS_KEY ??= 'none'
    const { endpoint, stop } = await startDatabase(undefined, () => {})
    try {
      const costs = await measureDoors(endpoint)
      expect(costs.flatMap(doorFaults)).toEqual([])
      expect(new Set(costs.map(({ name }) => name.split(',')[0]))).toEqual(
        new Set(['authorizer', '/graphql', '/iam/graphql', 'API key', '/session/graphql']),
      )
    } finally {
      await stop()
    }
  })
})

describe('doorFaults', () => {
  it.each([
    [{}, []],
    [{ answer: '404 NOT_FOUND' }, ['a door should answer 200, and not 404 NOT_FOUND']],
    [{ reads: 0 }, ['a door should take 1 reads and 0 writes']],
    [{ reads: 2 }, ['a door should take 1 reads and 0 writes']],
    [{ writes: 1 }, ['a door should take 1 reads and 0 writes']],
  ])('of %j are %j', (changed, faults) => {
    expect(doorFaults({ ...cost, ...changed })).toEqual(faults)
  })
})
