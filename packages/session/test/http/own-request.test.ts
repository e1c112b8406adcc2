import { describe, expect, it } from 'vitest'
import { assertOwnRequest } from '../../src/http/own-request.ts'

const origin = 'https://notes.example'
const own = { 'content-type': 'application/json', 'x-fieldnotes': '1', origin, 'sec-fetch-site': 'same-origin' }

type Rule = Parameters<typeof assertOwnRequest>[2]

function attempt(changes: Readonly<Record<string, string | undefined>>, body = '{}', rule?: Rule): string {
  const headers = { ...own, ...changes }
  try {
    assertOwnRequest({ headers, body }, origin, rule)
    return 'accepted'
  } catch (error) {
    return (error as { reason: string }).reason
  }
}

describe('assertOwnRequest', () => {
  it.each([
    ['of a browser with fetch metadata', {}],
    ['of a browser without fetch metadata', { 'sec-fetch-site': undefined }],
    ['with a charset', { 'content-type': 'Application/JSON ; charset=utf-8' }],
  ])('accepts a request %s', (_name, changes) => {
    expect(attempt(changes)).toBe('accepted')
  })

  it.each([
    ['csrf_header', { 'x-fieldnotes': undefined }],
    ['csrf_header', { 'x-fieldnotes': '1,1' }],
    ['csrf_origin', { origin: undefined }],
    ['csrf_origin', { origin: 'null' }],
    ['csrf_origin', { origin: 'http://notes.example' }],
    ['csrf_origin', { origin: 'https://notes.example.evil.example' }],
    ['csrf_origin', { origin: 'https://notes.example:444' }],
    ['csrf_origin', { origin: `${origin},https://evil.example` }],
    ['csrf_site', { 'sec-fetch-site': 'same-site' }],
    ['csrf_site', { 'sec-fetch-site': 'cross-site' }],
    ['csrf_site', { 'sec-fetch-site': '' }],
    ['csrf_media_type', { 'content-type': undefined }],
    ['csrf_media_type', { 'content-type': 'text/plain' }],
    ['csrf_media_type', { 'content-type': 'application/json-patch' }],
    ['csrf_media_type', { 'content-type': 'text/plain, application/json' }],
  ])('refuses by %s: %j', (reason, changes) => {
    expect(attempt(changes)).toBe(reason)
  })

  it('lets a request without a body leave its media type out where that is said, and no other in', () => {
    expect(attempt({ 'content-type': undefined }, '', 'body or none')).toBe('accepted')
    expect(attempt({ 'content-type': undefined }, '{}', 'body or none')).toBe('csrf_media_type')
    expect(attempt({ 'content-type': 'text/plain' }, '', 'body or none')).toBe('csrf_media_type')
    expect(attempt({ 'content-type': undefined }, '')).toBe('csrf_media_type')
  })
})
