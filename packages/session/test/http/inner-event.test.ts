import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/http/event.ts'
import { innerEvent } from '../../src/http/inner-event.ts'

const http = { method: 'POST', path: '/session/graphql', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'u' }

/** A request with everything that a browser or an attacker may send. */
const outer = {
  version: '2.0',
  routeKey: 'ANY /session/graphql',
  rawPath: '/prod/session/graphql',
  rawQueryString: 'query=x',
  queryStringParameters: { query: 'x' },
  cookies: ['__Host-session=secret'],
  headers: {
    accept: 'application/json',
    authorization: 'Bearer forged',
    'content-type': 'application/json',
    cookie: '__Host-session=secret',
    'x-api-key': 'key',
    'x-fieldnotes': '1',
    'x-forwarded-for': '192.0.2.1',
    host: 'evil.example',
  },
  requestContext: {
    http,
    stage: 'prod',
    requestId: 'r-1',
    routeKey: 'ANY /session/graphql',
    authorizer: { iam: { userArn: 'forged' } },
  },
  body: '{}',
  isBase64Encoded: false,
} as unknown as Event

describe('innerEvent', () => {
  const inner = innerEvent(outer, 'token', 'person')

  it('has the listed headers and the bearer token: no cookie, nothing of the gateway', () => {
    expect(inner.headers).toEqual({
      'x-api-key': 'key',
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'Bearer token',
    })
    expect(Object.keys(inner).sort()).toEqual(
      [
        'body',
        'headers',
        'isBase64Encoded',
        'rawPath',
        'rawQueryString',
        'requestContext',
        'routeKey',
        'version',
      ].sort(),
    )
    expect(JSON.stringify(inner)).not.toMatch(/secret|forged|evil|query/)
  })

  it('is POST /graphql, with the verdict of the entry in the place of every other', () => {
    expect(inner).toMatchObject({ rawPath: '/graphql', rawQueryString: '', routeKey: 'POST /graphql' })
    expect(inner.requestContext).toMatchObject({
      stage: '$default',
      requestId: 'r-1',
      http: { method: 'POST', path: '/graphql' },
      authorizer: { lambda: { verdict: 'ok', id: 'person' } },
    })
  })

  it('passes the body as it came', () => {
    const { body: _, ...empty } = outer
    expect(innerEvent(empty, 't', 'p')).not.toHaveProperty('body')
    expect(innerEvent({ ...outer, body: 'e30=', isBase64Encoded: true }, 't', 'p')).toMatchObject({
      body: 'e30=',
      isBase64Encoded: true,
    })
  })
})
