import { describe, expect, it } from 'vitest'
import { sampleService, sampleUser } from '../src/sample-principals.ts'

describe('a sample principal', () => {
  it('has no rights, unless a test gives them, and is frozen', () => {
    for (const principal of [sampleUser(), sampleService()]) {
      expect([principal.scopes.size, principal.groups.size, principal.actor]).toEqual([0, 0, undefined])
      expect(Object.isFrozen(principal)).toBe(true)
    }
    expect(sampleUser({ scopes: new Set(['notes:read']) }).scopes.has('notes:read')).toBe(true)
  })

  it('has its id as subject, and its kind whatever a caller passes', () => {
    expect(sampleUser({ id: 'bob' })).toMatchObject({ kind: 'user', id: 'bob', subject: 'bob' })
    expect(sampleService({ id: 'robot', kind: 'user', loginId: 'x' } as never)).toMatchObject({
      kind: 'service',
      subject: 'robot',
      loginId: undefined,
    })
  })
})
