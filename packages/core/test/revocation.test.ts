import { describe, expect, it } from 'vitest'
import { type Revocation, type RevokedIds, revokedText, revokedUntil } from '../src/revocation.ts'

const rows: readonly (readonly [Revocation, string, number | undefined])[] = [
  [{ kind: 'person', personId: 'p', at: 7 }, 'person#p', 7],
  [{ kind: 'login', loginId: 'l' }, 'login#l', undefined],
  [{ kind: 'token', issuer: 'cognito', tokenId: 't#1' }, 'token#cognito#t#1', undefined],
  [{ kind: 'app', personId: 'p', clientId: 'c', at: 8 }, 'app#p#c', 8],
  [{ kind: 'client', issuer: 'cognito', clientId: 'c', at: 9 }, 'client#cognito#c', 9],
  [{ kind: 'key', thumbprint: 'k' }, 'key#k', undefined],
]

describe('a revocation', () => {
  it.each(rows)('%o has one text and one instant', (revocation, text, until) => {
    expect(revokedText(revocation)).toBe(text)
    expect(revokedUntil(revocation)).toBe(until)
  })

  it.each([
    ['an unknown kind', { kind: 'group', groupId: 'g' }],
    ['no kind', {}],
    ['a missing id', { kind: 'person', at: 7 }],
    ['an empty id', { kind: 'token', issuer: 'cognito', tokenId: '' }],
    ['an id that is no text', { kind: 'login', loginId: 5 }],
  ])('with %s has no text, since it would match no principal', (_fault, entry) => {
    expect(() => revokedText(entry as unknown as RevokedIds)).toThrow(TypeError)
  })
})
