import { describe, expect, it } from 'vitest'
import { isPolicyScopes } from '../src/group-policy.ts'

function scopes(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `scope:${index}`)
}

describe('the scopes of a policy', () => {
  it.each([
    ['none', []],
    ['one', ['notes:read']],
    ['as many as are possible', scopes(20)],
    ['one of 64 characters', ['s'.repeat(64)]],
  ])('are a list: %s', (_what, value) => expect(isPolicyScopes(value)).toBe(true))

  it.each([
    ['no list', 'notes:read'],
    ['nothing', undefined],
    ['an object', { 0: 'notes:read', length: 1 }],
    ['one more than are possible', scopes(21)],
    ['one twice', ['notes:read', 'notes:read']],
    ['one of 65 characters', ['s'.repeat(65)]],
    ['an empty one', ['']],
    ['two in one text', ['notes:read notes:write']],
    ['one with a quote', ['notes:"read"']],
    ['one that is not ASCII', ['notes:réad']],
    ['one with a line end', ['notes:read\n']],
    ['a number', [1]],
    ['a list', [['notes:read']]],
  ])('are not %s', (_what, value) => expect(isPolicyScopes(value)).toBe(false))
})
