import { createLog } from '@fieldnotes/core/log'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { authenticate, identityWith } from './kit/identities.ts'
import { createKeyServer, first, hangUp, tokenBy } from './kit/key-server.ts'
import { type Members, mint, shapes } from './kit/mint.ts'
import { now } from './kit/rows.ts'
import { identityOf } from './kit/warm.ts'

/** Everything that leaves the process by its two outputs or by a log, and every error in full. */
let printed: string[] = []
const log = createLog((line) => printed.push(line))

beforeEach(() => {
  printed = []
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.join(' ')))
  }
})
afterEach(() => vi.restoreAllMocks())

function inFull(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return [error.message, error.stack, JSON.stringify(error), error.cause === undefined ? '' : inFull(error.cause)].join(
    '\n',
  )
}

const secrets: Members = {
  sub: 'secret-subject',
  jti: 'secret-jti',
  email: 'secret@example.com',
  name: 'secret-name',
  username: 'secret-name',
  scope: 'secret-scope',
}

const spoils: readonly (readonly [Members, Members])[] = [
  [{}, {}],
  [{ exp: 1 }, {}],
  [{ exp: 'secret-exp' }, {}],
  [{ aud: 'secret-audience' }, {}],
  [{ iss: 'https://secret-issuer.example' }, {}],
  [{ sub: 'secret subject' }, {}],
  [{ scope: ['secret-scope'] }, {}],
  [{ client_id: 'secret-client', token_use: 'secret' }, {}],
  [{ groups: ['secret-group\n'], 'cognito:groups': ['secret-group\n'] }, {}],
  [{}, { kid: 'secret-kid' }],
  [{}, { alg: 'secret-alg' }],
  [{}, { typ: 'secret-typ' }],
  [{}, { crit: ['secret-crit'] }],
]

describe('what is logged, printed or thrown', () => {
  it('contains no token, no claim and no part of either', async () => {
    const identity = identityWith({ log })
    const tokens = Object.values(shapes).flatMap((shape) =>
      spoils.map(([claims, header]) => mint(shape, { ...secrets, ...claims }, header)),
    )
    const forged = tokens.map((token) => `${token.slice(0, -8)}secretAA`)
    for (const token of [...tokens, ...forged, 'secret-token', 'secret token', 'secret.secret.secret']) {
      await authenticate(identity, token).catch((error) => printed.push(inFull(error)))
    }
    const all = printed.join('\n')
    expect(printed.length).toBeGreaterThan(50)
    expect(all).not.toMatch(/secret/i)
    for (const segment of tokens.flatMap((token) => token.split('.'))) expect(all).not.toContain(segment.slice(0, 24))
  })

  it('contains nothing of what a key server sent', async () => {
    await using server = await createKeyServer()
    const answers = ['<html>secret</html>', '{"keys":["secret"', '{"secret":1,"secret":2}', '{"keys":"secret"}']
    for (const answer of answers) {
      server.answer((response) => response.end(answer))
      await authenticate(identityOf(server, { log }).identity, tokenBy(first)).catch((error) =>
        printed.push(inFull(error)),
      )
    }
    expect(printed.filter((line) => line.includes('identity.keys_failed'))).toHaveLength(answers.length)
    expect(printed.join('\n')).not.toMatch(/secret/)
  })

  it('logs for an operator the result of each fetch of keys', async () => {
    await using server = await createKeyServer(first.jwk, { kty: 'oct', k: 'x' })
    const { identity, wait } = identityOf(server, { log })
    await authenticate(identity, tokenBy(first))
    server.answer(hangUp)
    wait(300)
    await authenticate(identity, tokenBy(first, { exp: now + 900, jti: 'later' }))
    expect(printed.map((line) => JSON.parse(line))).toEqual([
      { level: 'info', event: 'identity.keys_fetched', issuer: 'own', keys: 1, dropped: 1 },
      { level: 'warn', event: 'identity.keys_failed', issuer: 'own', reason: 'keys_no_answer', usable: true },
    ])
  })
})
