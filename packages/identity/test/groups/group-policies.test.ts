import type { GroupMode } from '@fieldnotes/core/group-policy'
import { describe, expect, it, vi } from 'vitest'
import { groupPolicyBounds } from '../../src/bounds.ts'
import type { PolicyEntry } from '../../src/groups/allowed-scopes.ts'
import { createGroupPolicies } from '../../src/groups/group-policies.ts'
import { outcomeOf } from '../kit/identities.ts'
import { aService, aUser } from '../kit/principals.ts'
import { now } from '../kit/rows.ts'

const { freshSeconds, retrySeconds, readMillisMax } = groupPolicyBounds
const reads: PolicyEntry = { group: 'cognito:staff', allow: ['notes:read'], deny: [] }
const staff = aUser({ groups: new Set(['cognito:staff']) })

type Stored = readonly PolicyEntry[] | (() => Promise<readonly PolicyEntry[]>)

function worldOf(mode: GroupMode = 'open') {
  let seconds = now
  let stored: Stored = []
  const read = vi.fn(async () => (typeof stored === 'function' ? stored() : stored))
  const events: string[] = []
  const log = (level: string, event: string) => void events.push(`${level} ${event}`)
  return {
    allowed: createGroupPolicies({ read, mode, clock: () => seconds * 1000, log }),
    wait: (more: number) => {
      seconds += more
    },
    store: (entries: Stored) => {
      stored = entries
    },
    read,
    events,
  }
}

async function fails(): Promise<never> {
  throw new Error('no answer')
}

describe('the copy of the policies', () => {
  it('is read by the first person with groups, and then gives plain values for 20 seconds', async () => {
    const { allowed, read, store, wait } = worldOf()
    store([reads])
    expect(read).not.toHaveBeenCalled()
    expect(await allowed(staff)).toEqual(new Set(['notes:read']))
    wait(freshSeconds - 0.001)
    for (let i = 0; i < 1000; i += 1) expect(allowed(staff)).toEqual(new Set(['notes:read']))
    expect(read).toHaveBeenCalledTimes(1)
    wait(0.001)
    expect(await allowed(staff)).toEqual(new Set(['notes:read']))
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('keeps that a group has no policy as long as a policy', async () => {
    const { allowed, read, store, wait } = worldOf('governed')
    expect(await allowed(staff)).toEqual(new Set())
    store([reads])
    expect(allowed(staff)).toEqual(new Set())
    expect(read).toHaveBeenCalledTimes(1)
    wait(freshSeconds)
    expect(await allowed(staff)).toEqual(new Set(['notes:read']))
  })

  it('gives the same set for one principal, so that its narrowed principal is kept', async () => {
    const { allowed, store } = worldOf()
    store([reads])
    expect(await allowed(staff)).toBe(allowed(staff))
  })

  it('is read once for 200 people at once, and for 100 groups of one person', async () => {
    const { allowed, read } = worldOf()
    const groups = new Set(Array.from({ length: 100 }, (_, index) => `cognito:g${index}`))
    await Promise.all(Array.from({ length: 200 }, () => allowed(aUser({ groups }))))
    expect(read).toHaveBeenCalledTimes(1)
  })

  it('is not fresh when the clock is set back', async () => {
    const { allowed, read, wait } = worldOf()
    await allowed(staff)
    wait(-3600)
    await allowed(staff)
    expect(read).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['a service, whatever groups its token names', aService({ groups: new Set(['cognito:staff']) }), 'all', 'all'],
    ['a token of our own issuer', aUser({ issuer: 'fieldnotes' }), 'all', 'all'],
    ['a person without groups', aUser({ issuer: 'firebase' }), 'all', new Set()],
  ] as const)('is not read for %s', async (_what, principal, open, governed) => {
    for (const [mode, expected] of [
      ['open', open],
      ['governed', governed],
    ] as const) {
      const { allowed, read, store } = worldOf(mode)
      store(fails)
      expect(await allowed(principal)).toEqual(expected)
      expect(read).not.toHaveBeenCalled()
    }
  })

  it('narrows a signed request, which does not say the groups, by every policy of its issuer', async () => {
    const { allowed, store, wait } = worldOf()
    const signed = aUser({ via: 'iam' })
    expect(await allowed(signed)).toBe('all')
    store([reads, { group: 'firebase:x', allow: [], deny: [] }])
    wait(freshSeconds)
    expect(await allowed(signed)).toEqual(new Set(['notes:read']))
    expect(await allowed(aUser({ via: 'iam', id: 'person-2' }))).toBe(allowed(signed))
  })
})

describe('an outage of the policies', () => {
  it('refuses every person with groups, is tried again once a second, and ends with the next read', async () => {
    const { allowed, read, store, wait, events } = worldOf()
    store(fails)
    await expect(allowed(staff)).rejects.toThrow('no answer')
    for (let i = 0; i < 100; i += 1)
      expect(await outcomeOf((async () => allowed(staff))())).toBe('UNAVAILABLE group_policies_unavailable')
    expect(read).toHaveBeenCalledTimes(1)
    store([reads])
    wait(retrySeconds)
    expect(await allowed(staff)).toEqual(new Set(['notes:read']))
    expect(events).toEqual(['warn identity.group_policies_failed', 'info identity.group_policies_read'])
  })

  it('does not use an old copy, and leaves a fresh one in use', async () => {
    const { allowed, store, wait } = worldOf()
    await allowed(staff)
    store(fails)
    wait(freshSeconds - 1)
    expect(allowed(staff)).toBe('all')
    wait(1)
    await expect(allowed(staff)).rejects.toThrow('no answer')
  })

  it('is a read that takes longer than 2 seconds', async () => {
    vi.useFakeTimers()
    try {
      const { allowed, store } = worldOf()
      store(() => new Promise(() => {}))
      const refused = expect(allowed(staff)).rejects.toThrow('not done')
      await vi.advanceTimersByTimeAsync(readMillisMax)
      await refused
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([
    ['more policies than a copy may have', Array.from({ length: 601 }, (_, i) => ({ ...reads, group: `a:${i}` }))],
    ['no list', undefined],
  ])('is %s', async (_what, entries) => {
    const { allowed, store } = worldOf()
    store(async () => entries as unknown as PolicyEntry[])
    await expect(allowed(staff)).rejects.toThrow()
  })

  it('is not a broken policy: that denies its group, is logged, and leaves other groups alone', async () => {
    const { allowed, store, events } = worldOf()
    store([reads, { group: 'cognito:odd', isBroken: true }])
    expect(await allowed(aUser({ groups: new Set(['cognito:staff', 'cognito:odd']) }))).toEqual(new Set())
    expect(allowed(staff)).toEqual(new Set(['notes:read']))
    expect(events).toEqual(['error identity.group_policies_failed'])
  })
})
