import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import { reachedBy } from '../../src/http/authenticate-event.ts'
import type { Event } from '../../src/http/route.ts'

const event = {} as Event

function through(principal: Principal) {
  return reachedBy('session', async () => principal)(event)
}

describe('reachedBy', () => {
  it('changes how a caller came, and nothing else; the result is frozen', async () => {
    const alice = sampleUser({ id: 'alice', scopes: new Set(['notes:read']) })
    const reached = await through(alice)
    expect(reached).toEqual({ ...alice, via: 'session' })
    expect(Object.isFrozen(reached)).toBe(true)
    expect(alice.via).toBe('bearer')
  })

  it('leaves a caller without a credential as it is', async () => {
    expect(await through(anonymous)).toBe(anonymous)
  })

  it('refuses whom the other way refuses', async () => {
    const refused = new Error('refused')
    await expect(reachedBy('session', () => Promise.reject(refused))(event)).rejects.toBe(refused)
  })
})
