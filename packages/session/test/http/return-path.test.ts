import { describe, expect, it } from 'vitest'
import { returnPathOf } from '../../src/http/return-path.ts'

describe('returnPathOf', () => {
  it.each([
    '/',
    '/notes',
    '/notes/1?q=a%20b#top',
    '/%2F%2Fevil.example',
    '/session-notes',
    '/session',
    '/a//b',
    '/@evil.example',
  ])('keeps %j, which is a path of our own', (path) => {
    expect(returnPathOf(path)).toBe(path)
  })

  it('resolves dots, as a browser does', () => {
    expect(returnPathOf('/a/../notes')).toBe('/notes')
  })

  it.each([
    null,
    '',
    'notes',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a\\..\\..\\evil',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/\t/evil.example',
    '/a\nb',
    '/a\r\nset-cookie: a=b',
    '/a b',
    '/ä',
    '/\u{202e}',
    '/session/login',
    '/session/logout',
    '/SESSION/callback',
    '/a/../session/login',
    `/${'x'.repeat(1024)}`,
  ])('gives / for %j', (text) => {
    expect(returnPathOf(text)).toBe('/')
  })

  it('takes 1,024 characters', () => {
    const longest = `/${'x'.repeat(1023)}`
    expect(returnPathOf(longest)).toBe(longest)
  })
})
