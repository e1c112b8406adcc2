import type { Revocation } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { formatInstant, parseInstant } from '../../src/admin/parse-instant.ts'
import { parseRevocation } from '../../src/admin/parse-revocation.ts'
import { UsageError } from '../../src/usage-error.ts'

const at = 1_800_000_000
const context = { issuer: 'cognito', at, personIdOf: (text: string) => `id of ${text}` }

const parsed: readonly (readonly [words: string, Revocation])[] = [
  ['person alice', { kind: 'person', personId: 'id of alice', at }],
  ['login 9d5f', { kind: 'login', loginId: '9d5f' }],
  ['token t-1', { kind: 'token', issuer: 'cognito', tokenId: 't-1' }],
  ['app alice web', { kind: 'app', personId: 'id of alice', clientId: 'web', at }],
  ['client robot', { kind: 'client', issuer: 'cognito', clientId: 'robot', at }],
  [`key ${'k'.repeat(43)}`, { kind: 'key', thumbprint: 'k'.repeat(43) }],
]

const refused: readonly (readonly [words: readonly string[], issuer: string | undefined, message: RegExp])[] = [
  [[], 'cognito', /Say what to revoke: person, login, token, app, client, key\./],
  [['group', 'staff'], 'cognito', /Say what to revoke/],
  [['constructor'], 'cognito', /Say what to revoke/],
  [['person'], 'cognito', /revoke person takes PERSON/],
  [['person', 'alice', 'bob'], 'cognito', /revoke person takes PERSON/],
  [['app', 'alice'], 'cognito', /revoke app takes PERSON and CLIENT/],
  [['token', 't-1'], undefined, /--issuer NAME/],
  [['client', 'robot'], undefined, /--issuer NAME/],
  [['token', 't-1'], 'Cognito', /--issuer NAME/],
  [['login', ''], 'cognito', /An id is/],
  [['login', 'a b'], 'cognito', /An id is/],
  [['login', 'a#b'], 'cognito', /An id is/],
  [['login', 'é'], 'cognito', /An id is/],
  [['login', 'x'.repeat(129)], 'cognito', /An id is/],
  [['key', 'k'.repeat(42)], 'cognito', /A thumbprint is/],
]

describe('parseRevocation', () => {
  it.each(parsed)('parses %s', (words, revocation) => {
    expect(parseRevocation(words.split(' '), context)).toEqual(revocation)
  })

  it.each(refused)('refuses %j of %s', (words, issuer, message) => {
    expect(() => parseRevocation(words, { ...context, issuer })).toThrow(UsageError)
    expect(() => parseRevocation(words, { ...context, issuer })).toThrow(message)
  })
})

describe('parseInstant', () => {
  it('reads whole seconds in UTC, and is now by default', () => {
    expect(parseInstant(undefined, at)).toBe(at)
    expect(parseInstant(formatInstant(at), at)).toBe(at)
    expect(parseInstant('2026-11-26T17:30:00Z', at)).toBe(Date.UTC(2026, 10, 26, 17, 30) / 1000)
  })

  it.each([
    '2026-11-26',
    '2026-11-26T17:30:00',
    '2026-11-26T17:30:00+01:00',
    '2026-11-26T17:30:00.5Z',
    '2026-02-30T00:00:00Z',
    '2026-11-26T24:30:00Z',
    'now',
    '',
    '1764178200',
  ])('refuses %j', (text) => {
    expect(() => parseInstant(text, at)).toThrow('--at takes an instant in UTC')
  })

  it('refuses the future and what was before the epoch', () => {
    expect(() => parseInstant(formatInstant(at + 1), at)).toThrow('has passed')
    expect(() => parseInstant('1969-12-31T23:59:59Z', at)).toThrow('has passed')
  })
})
