import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Outage } from '../../src/refusals.ts'
import { createKeyServer, first, hangUp, jwks, type Respond, second } from '../kit/key-server.ts'
import { fresh, identityOf, outcome, unreachable } from '../kit/warm.ts'

const answers: readonly (readonly [string, Outage, Respond])[] = [
  ['an error', 'keys_status', (response) => response.writeHead(500).end(JSON.stringify({ keys: [first.jwk] }))],
  ['nothing found', 'keys_status', (response) => response.writeHead(404).end()],
  ['no content', 'keys_status', (response) => response.writeHead(204).end()],
  ['not modified', 'keys_status', (response) => response.writeHead(304).end()],
  [
    'HTML with 200',
    'keys_malformed',
    (response) => response.setHeader('content-type', 'text/html').end('<html>Sign in</html>'),
  ],
  ['an empty body', 'keys_malformed', (response) => response.end()],
  ['JSON that is no object', 'keys_malformed', (response) => response.end('[]')],
  ['no keys', 'keys_malformed', (response) => response.end('{}')],
  [
    'keys that are no list',
    'keys_malformed',
    (response) => response.end(JSON.stringify({ keys: { 0: first.jwk, length: 1 } })),
  ],
  ['keys twice', 'keys_malformed', (response) => response.end(`{"keys":[],"keys":[${JSON.stringify(first.jwk)}]}`)],
  [
    'a broken body',
    'keys_no_answer',
    (response) => response.writeHead(200, { 'content-length': 1000 }).write('{"keys":[', () => hangUp(response)),
  ],
  ['bytes that are no UTF-8', 'keys_malformed', (response) => response.end(Buffer.from([0x7b, 0xff, 0x7d]))],
  ['a million levels', 'keys_malformed', (response) => response.end('['.repeat(200_000))],
  [
    '65 keys',
    'keys_too_many',
    jwks(first.jwk, ...Array.from({ length: 64 }, (_, i) => ({ ...second.jwk, kid: `k${i}` }))),
  ],
  ['one kid for two keys', 'keys_ambiguous', jwks(first.jwk, { ...second.jwk, kid: first.kid })],
  ['one key twice', 'keys_ambiguous', jwks(first.jwk, first.jwk)],
  [
    'more than 256 KiB behind a small compressed body',
    'keys_too_large',
    (response) =>
      response
        .setHeader('content-encoding', 'gzip')
        .end(gzipSync(JSON.stringify({ keys: [first.jwk], pad: ' '.repeat(5_000_000) }))),
  ],
  [
    'more than 256 KiB',
    'keys_too_large',
    (response) => response.end(JSON.stringify({ keys: [first.jwk], pad: 'x'.repeat(262_144) })),
  ],
]

describe('an answer of the key server that cannot be believed', () => {
  it.each(answers)('is an outage: %s', async (_what, reason, answer) => {
    await using server = await createKeyServer(first.jwk)
    server.answer(answer)
    const logged: unknown[] = []
    const { identity } = identityOf(server, { log: (...line) => logged.push(line) })
    expect(await outcome(identity, fresh())).toBe(unreachable)
    expect(server.requests()).toBe(1)
    expect(logged).toEqual([['warn', 'identity.keys_failed', { issuer: 'own', reason, usable: false }]])
  })

  it('is read to the limit only, however long it is', async () => {
    await using server = await createKeyServer()
    let sent = 0
    server.answer((response) => {
      const more = (): void => {
        if (response.destroyed || sent > 50_000_000) return
        sent += 65_536
        response.write(Buffer.alloc(65_536, ' '), () => setImmediate(more))
      }
      more()
    })
    expect(await outcome(identityOf(server).identity, fresh())).toBe(unreachable)
    expect(sent).toBeLessThan(10_000_000)
  })

  it('is aborted in time when it is slow', async () => {
    await using server = await createKeyServer()
    const bounds = { keysFetchMillisMax: 50 }
    server.answer((response) => response.write('{'))
    expect(await outcome(identityOf(server, { bounds }).identity, fresh())).toBe(unreachable)
    server.answer(() => undefined)
    expect(await outcome(identityOf(server, { bounds }).identity, fresh())).toBe(unreachable)
  })

  it('is not followed to another host', async () => {
    await using attacker = await createKeyServer(first.jwk)
    await using server = await createKeyServer()
    for (const status of [301, 302, 303, 307, 308]) {
      server.answer((response) => response.writeHead(status, { location: attacker.url }).end())
      expect(await outcome(identityOf(server).identity, fresh())).toBe(unreachable)
    }
    expect(attacker.requests()).toBe(0)
  })

  it('may have exactly 256 KiB, and is requested with its media types', async () => {
    await using server = await createKeyServer()
    let accept: string | undefined
    server.answer((response) => {
      accept = response.req.headers.accept
      response.end(JSON.stringify({ keys: [first.jwk] }).padEnd(262_144))
    })
    expect(await outcome(identityOf(server).identity, fresh())).toBe('accepted')
    expect(accept).toBe('application/jwk-set+json, application/json')
  })

  it('accepts up to 64 keys', async () => {
    await using server = await createKeyServer(
      first.jwk,
      ...Array.from({ length: 63 }, (_, i) => ({ ...second.jwk, kid: `k${i}` })),
    )
    expect(await outcome(identityOf(server).identity, fresh())).toBe('accepted')
  })
})
