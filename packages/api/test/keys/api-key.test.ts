/** The form of API keys: what has it, what does not, and that a scanner and we agree. */
import { crc32 } from 'node:zlib'
import { digestOf } from '@fieldnotes/table/digest'
import { assert, constantFrom, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apiKeyOf, apiKeyPattern, parseApiKey, secretOf, stageInKey } from '../../src/keys/api-key.ts'

const key = apiKeyOf('pr-12', 'partner', secretOf(new Uint8Array(64).fill(7)))
const [, , , secret = ''] = key.split('_')

/** Replaces the character at `at` by another one of the alphabet. */
function changedAt(at: number): string {
  return `${key.slice(0, at)}${key[at] === 'a' ? 'b' : 'a'}${key.slice(at + 1)}`
}

describe('an API key', () => {
  it('has the parts fn, stage, application, secret and checksum, all in base62', () => {
    expect(key).toMatch(/^fn_pr12_partner_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/)
    expect(parseApiKey(key)).toEqual({ stage: 'pr12', application: 'partner', digest: digestOf(key) })
  })

  it('has a new secret of 43 digits each time', () => {
    const secrets = Array.from({ length: 200 }, () => secretOf())
    expect(new Set(secrets).size).toBe(200)
    expect(new Set(secrets.flatMap((text) => [...text])).size).toBe(62)
    for (const text of secrets) expect(text).toMatch(/^[0-9A-Za-z]{43}$/)
  })

  it('is refused with any other character', () => {
    for (let at = 0; at < key.length; at += 1) expect([at, parseApiKey(changedAt(at))]).toEqual([at, undefined])
  })

  it.each([
    ['nothing', ''],
    ['its beginning', key.slice(0, -1)],
    ['more', `${key}0`],
    ['white space', `${key} `],
    ['a line feed', `${key}\n`],
    ['two keys', `${key},${key}`],
    ['upper case in the stage', key.replace('pr12', 'PR12')],
    ['another prefix', key.replace('fn_', 'gh_')],
    ['a digit of another script', key.replace(secret[0] ?? '', '\u0661')],
    ['a megabyte', `fn_${'a'.repeat(1_000_000)}`],
  ])('%s is none', (_name, text) => {
    expect(parseApiKey(text)).toBeUndefined()
  })

  it('ends with the CRC-32 of zlib', () => {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const at = key.lastIndexOf('_')
    const checksum = [...key.slice(at + 1)].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0)
    expect(checksum).toBe(crc32(key.slice(0, at)))
  })

  it('is found by the pattern for scanners in any text, and in it alone', () => {
    const pattern = new RegExp(`\\b${apiKeyPattern}\\b`, 'g')
    assert(
      property(
        constantFrom('local', 'production', 'pr-7'),
        uint8Array({ minLength: 64, maxLength: 64 }),
        (stage, bytes) => {
          const made = apiKeyOf(stage, 'app1', secretOf(bytes))
          expect([...`const key = "${made}";`.matchAll(pattern)].map(([found]) => found)).toEqual([made])
          expect(parseApiKey(made)?.stage).toBe(stageInKey(stage))
        },
      ),
      { numRuns: 100 },
    )
    assert(
      property(string(), (text) => parseApiKey(text) === undefined),
      { numRuns: 500 },
    )
  })
})
