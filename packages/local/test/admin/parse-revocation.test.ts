import type { Revocation } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { formatInstant, parseInstant } from '../../src/admin/parse-instant.ts'
import { parseRevocation } from '../../src/admin/parse-revocation.ts'
import { UsageError } from '../../src/usage-error.ts'

const at = 1_800_000_000
const now = at + 60
const context = { at: undefined, now, personIdOf: (text: string, issuer = 'no issuer') => `${text} of ${issuer}` }

const thumbprint = 'k'.repeat(43)

const parsed: readonly (readonly [words: string, issuer: string | undefined, Revocation])[] = [
  ['person alice', undefined, { kind: 'person', personId: 'alice of no issuer', at: now }],
  ['person alice', 'firebase', { kind: 'person', personId: 'alice of firebase', at: now }],
  ['login 9d5f', undefined, { kind: 'login', loginId: '9d5f' }],
  ['token t-1', 'cognito', { kind: 'token', issuer: 'cognito', tokenId: 't-1' }],
  ['app alice web', 'cognito', { kind: 'app', personId: 'alice of cognito', clientId: 'web', at: now }],
  ['client robot', 'cognito', { kind: 'client', issuer: 'cognito', clientId: 'robot', at: now }],
  [`key ${thumbprint}`, undefined, { kind: 'key', thumbprint }],
]

const withInstant = ['person alice', 'app alice web', 'client robot'] as const
const withoutInstant = ['login 9d5f', 'token t-1', `key ${thumbprint}`] as const
const withoutIssuer = ['login 9d5f', `key ${thumbprint}`] as const

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
  [['login', ''], undefined, /An id is/],
  [['login', 'a b'], undefined, /An id is/],
  [['login', 'a#b'], undefined, /An id is/],
  [['login', 'é'], undefined, /An id is/],
  [['login', 'x'.repeat(129)], undefined, /An id is/],
  [['key', 'k'.repeat(42)], undefined, /A thumbprint is/],
]

describe('parseRevocation', () => {
  it.each(parsed)('parses %s of %s', (words, issuer, revocation) => {
    expect(parseRevocation(words.split(' '), { ...context, issuer })).toEqual(revocation)
  })

  it.each(withInstant)('takes --at with %s', (words) => {
    const given = { ...context, issuer: 'cognito', at: formatInstant(at) }
    expect(parseRevocation(words.split(' '), given)).toMatchObject({ at })
  })

  it.each(withoutInstant)('refuses --at with %s, which has no instant', (words) => {
    const issuer = words.startsWith('token') ? 'cognito' : undefined
    const given = { ...context, issuer, at: formatInstant(at) }
    expect(() => parseRevocation(words.split(' '), given)).toThrow(/^--at does not go with revoke (login|token|key)\.$/)
  })

  it.each(withoutIssuer)('refuses --issuer with %s, which is of no issuer', (words) => {
    const given = { ...context, issuer: 'cognito' }
    expect(() => parseRevocation(words.split(' '), given)).toThrow(/^--issuer does not go with revoke (login|key)\.$/)
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
