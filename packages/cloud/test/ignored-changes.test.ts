import { describe, expect, it } from 'vitest'
import { withIgnored } from '../src/graph/ignored-changes.ts'

const old = { name: 'people-abc', details: { client_id: 'one', token_url: 'https://a.example' } }

describe('withIgnored', () => {
  it('keeps the old value, and takes every other change', () => {
    const next = { name: 'people-xyz', mfa: 'ON', details: old.details }
    expect(withIgnored(next, old, ['name'])).toEqual({ ...next, name: 'people-abc' })
  })

  it('keeps a value that the other side filled in, and takes a changed setting beside it', () => {
    const next = { name: 'people-abc', details: { client_id: 'two' } }
    expect(withIgnored(next, old, ['details.token_url', 'details.jwks_uri'])).toEqual({
      name: 'people-abc',
      details: { client_id: 'two', token_url: 'https://a.example' },
    })
  })

  it('drops a new value at an ignored path that had none', () => {
    const next = { ...old, details: { ...old.details, jwks_uri: 'https://b.example' }, more: 1 }
    expect(withIgnored(next, old, ['details.jwks_uri', 'more'])).toEqual(old)
  })

  it('changes nothing where the whole value is new, and none of its inputs', () => {
    const next = Object.freeze({ name: 'people-abc', details: Object.freeze({ client_id: 'one' }) })
    expect(withIgnored(next, { name: 'people-abc' }, ['details.token_url'])).toEqual(next)
    expect(withIgnored(next, old, [])).toBe(next)
  })
})
