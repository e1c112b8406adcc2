/** Paths that are unknown, paths that only look like the endpoint's, and methods that a path does not have. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'

const cloud = ephemeralCloud()

const modern = { accept: 'application/graphql-response+json' }

describe('a path', () => {
  it.each(['PUT', 'DELETE', 'OPTIONS'])('answers %s with the methods that are allowed', async (method) => {
    for (const [path, allow] of [
      ['/graphql', 'GET, POST'],
      ['/health', 'GET'],
      ['/.well-known/oauth-protected-resource/graphql', 'GET'],
    ]) {
      const response = await fetch(`${cloud.url}${path}`, { method, headers: modern })
      const { headers } = response
      expect([response.status, headers.get('allow')]).toEqual([405, allow])
      expect(headers.get('content-type')).toBe(`${modern.accept}; charset=utf-8`)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    }
  })

  it('answers an unknown path in the media type of the client, with the headers of every answer', async () => {
    const { status, headers } = await fetch(`${cloud.url}/nope`, { headers: modern })
    expect([status, headers.get('content-type')]).toEqual([404, `${modern.accept}; charset=utf-8`])
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff'])
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
  })

  it.each([
    '/nope',
    '/$default/graphql',
    '/$default/$default/graphql',
    '/graphql/',
    '/graphql/x',
    '/GRAPHQL',
    '//graphql',
    '/%67raphql',
    '/graphql/../graphql',
    '/.git/config',
    '/src/start.ts',
  ])('%s is not found', async (path) => {
    const { hostname, port } = new URL(cloud.url)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /)
  })
})
