import { describe, expect, it } from 'vitest'
import { kindOf, wordsOf } from '../src/usage-error.ts'
import { withoutCredentials } from '../src/without-credentials.ts'

const head = 'eyJhbGciOiJSUzI1NiJ9'
const body = 'eyJzdWIiOiJhbGljZSIsImlhdCI6MX0'
const signature = 'c2lnbmF0dXJlLXdpdGgtbWFueS1ieXRlcw'
const token = `${head}.${body}.${signature}`
const parts = [head, body, signature]

describe('withoutCredentials', () => {
  it.each([
    ['a header', `Headers.append: "Bearer ${token}" is invalid`, 'Headers.append: "Bearer [cut]" is invalid'],
    [
      'a header with a line break in it',
      `"Bearer ${head}.${body}\r\n.${signature}" is invalid`,
      '"Bearer [cut]" is invalid',
    ],
    ['a header of a client', `"Basic ${signature}" is invalid`, '"Basic [cut]" is invalid'],
    ['a token', `Unexpected argument '${token}'`, "Unexpected argument '[cut]'"],
    ['a token that a terminal wrapped', `'${head}.${body}\n${signature}'`, "'[cut]'"],
    ['the start of a token', `no JSON: ${head}`, 'no JSON: [cut]'],
    ['an API key', `'fn_local_partner_${'k'.repeat(43)}_2LUxdo' is none`, "'[cut]' is none"],
    ['two tokens', `${token}, ${token}`, '[cut], [cut]'],
  ])('cuts %s', (_what, text, words) => {
    expect(withoutCredentials(text, '')).toBe(words)
  })

  it.each([[token], [token.replace(body, `${body.slice(0, 20)}\r${body.slice(20)}`)]])(
    'cuts each part of the given token, also alone',
    (given) => {
      for (const part of given.split(/[\s.]+/).filter(({ length }) => length >= 16))
        expect(withoutCredentials(`saw ${part}.`, given)).toBe('saw [cut].')
    },
  )

  it.each([
    'www-authenticate is: Bearer error="invalid_token", resource_metadata="https://api.example/.well-known/x"',
    'The metadata at https://abcdefghij.execute-api.eu-west-1.amazonaws.com/.well-known/x do not list the pool.',
    'Bearer tokens are refused. Basic settings of stage-with-a-long-name-of-forty-letters',
    '/home/alice/projects/fieldnotes/packages/local/src/smoke/smoke.ts can not be read',
  ])('leaves other text: %s', (text) => {
    expect(withoutCredentials(text, 'short.given.token')).toBe(text)
  })

  it('takes no quadratic time', () => {
    for (const text of ['eyJaaaaaaaaaa.'.repeat(20_000), 'Bearer '.repeat(50_000), `eyJ${'a'.repeat(500_000)}`])
      expect(withoutCredentials(text, '').length).toBeLessThanOrEqual(text.length)
  })
})

describe('the words of an error', () => {
  it.each(['\n', '\r', ' '])('have no part of a token, also where its line is broken by %j', (broken) => {
    const words = wordsOf(new TypeError(`Headers.append: "Bearer ${head}${broken}${body}.${signature}" is invalid`))
    for (const part of parts) expect(words).not.toContain(part)
  })

  it('are name and codes where the message may quote a token', () => {
    const cause = Object.assign(new Error(token), { code: 'UND_ERR_SOCKET' })
    expect(kindOf(new TypeError(token, { cause }))).toBe('TypeError, UND_ERR_SOCKET')
    expect(kindOf(Object.assign(new Error(token), { code: token }))).toBe('Error')
    expect(kindOf(token)).toBe('string')
  })
})
