import { sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import { createOncePerPerson } from '../../src/steps/once-per-person.ts'

const [alice, bob] = [sampleUser({ id: 'alice' }), sampleUser({ id: 'bob' })]

function counted(fails: readonly boolean[] = []) {
  const calls: string[] = []
  const act = createOncePerPerson(async ({ id }) => {
    calls.push(id)
    if (fails[calls.length - 1]) throw new Error('not now')
  })
  return { act, calls }
}

describe('createOncePerPerson', () => {
  it('acts once for each person, however many requests come at the same time', async () => {
    const { act, calls } = counted()
    await Promise.all([act(alice), act(alice), act(bob)])
    await act(alice)
    expect(calls).toEqual(['alice', 'bob'])
  })

  it('acts again after a failure, which each waiting request gets', async () => {
    const { act, calls } = counted([true])
    const outcomes = await Promise.allSettled([act(alice), act(alice)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await act(alice)
    expect(calls).toEqual(['alice', 'alice'])
  })

  it('remembers 1,000 people', async () => {
    const { act, calls } = counted()
    for (let at = 0; at <= 1000; at += 1) await act(sampleUser({ id: String(at) }))
    await act(sampleUser({ id: '1' }))
    expect(calls).toHaveLength(1001)
    await act(sampleUser({ id: '0' }))
    expect(calls).toHaveLength(1002)
  })
})
