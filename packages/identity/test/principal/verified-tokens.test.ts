import { createHash } from 'node:crypto'
import type { Known } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { createVerifiedTokens } from '../../src/principal/verified-tokens.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { createKeyServer, first, tokenBy } from '../kit/key-server.ts'
import { keys } from '../kit/keys.ts'
import { mint, shapes } from '../kit/mint.ts'
import { now } from '../kit/rows.ts'
import { identityOf } from '../kit/warm.ts'

describe('a verified token', () => {
  it('is forgotten in the second of its exp', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity, wait } = identityOf(server)
    const token = tokenBy(first, { exp: now + 100 })
    await authenticate(identity, token)
    wait(99.999)
    await expect(authenticate(identity, token)).resolves.toMatchObject({ expiresAt: now + 100 })
    wait(0.001)
    expect(await outcomeOf(authenticate(identity, token))).toBe('UNAUTHENTICATED expired')
  })

  it('is not returned for another token with the same end', async () => {
    const identity = identityWith()
    const token = mint(shapes.cognito)
    await authenticate(identity, token)
    const [header, , signature] = token.split('.')
    const forged = mint(shapes.cognito, { sub: 'victim' }).split('.')[1]
    expect(await outcomeOf(authenticate(identity, `${header}.${forged}.${signature}`))).toBe(
      'UNAUTHENTICATED signature_invalid',
    )
    expect(await outcomeOf(authenticate(identity, `A${token.slice(1)}`))).toMatch(/^UNAUTHENTICATED/)
    expect(await outcomeOf(authenticate(identity, token.slice(-300)))).toBe('UNAUTHENTICATED token_malformed')
  })

  it('is remembered by one identity and not by another', async () => {
    const token = mint(shapes.cognito)
    await authenticate(identityWith(), token)
    const elsewhere = identityWith({ fetch: async () => Response.json({ keys: [keys.foreignRsa.jwk] }) })
    expect(await outcomeOf(authenticate(elsewhere, token))).toBe('UNAUTHENTICATED key_unknown')
  })
})

describe('the memory of verified tokens', () => {
  const verified = (token: string) => ({ token }) as never
  const long = (name: string) => `${name}.${createHash('sha512').update(name).digest('hex')}`

  it('forgets the oldest at its bound', () => {
    const tokens = createVerifiedTokens(2)
    for (const name of ['a', 'b', 'c']) tokens.add(verified(long(name)))
    expect(tokens.get(long('a'))).toBeUndefined()
    expect(tokens.get(long('b'))).toEqual({ token: long('b') })
    expect(tokens.get(long('c'))).toEqual({ token: long('c') })
  })

  it('drops no entry when a token is added again', () => {
    const tokens = createVerifiedTokens(2)
    for (const name of ['a', 'b', 'b']) tokens.add(verified(long(name)))
    expect(tokens.get(long('a'))).toEqual({ token: long('a') })
    tokens.add(verified(long('a')))
    expect(tokens.get(long('b'))).toEqual({ token: long('b') })
    tokens.add(verified(long('c')))
    expect(tokens.get(long('b'))).toBeUndefined()
    expect(tokens.get(long('a'))).toEqual({ token: long('a') })
  })
})

describe('two people on one process', () => {
  it('are never mixed in 2,000 interleaved authentications', async () => {
    await using server = await createKeyServer(first.jwk)
    const { identity } = identityOf(server, { bounds: { verifiedTokensMax: 50 } })
    const people = ['alice', 'bob'].flatMap((person) =>
      Array.from({ length: 40 }, (_, i) => ({
        person,
        token: tokenBy(first, {
          sub: person,
          jti: `${person}-${i}`,
          scope: person === 'alice' ? 'notes:read' : 'notes:write',
        }),
      })),
    )
    const attempts = Array.from({ length: 2000 }, async (_, i) => {
      const { person, token } = people[(i * 37) % people.length] ?? { person: '', token: '' }
      if (i % 7 === 0) await new Promise(setImmediate)
      const { subject, scopes } = (await authenticate(identity, token)) as Known
      return { person, subject, scopes: [...scopes].join() }
    })
    const answers = await Promise.all(attempts)
    expect(answers).toHaveLength(2000)
    expect(answers.filter(({ person, subject }) => person !== subject)).toEqual([])
    expect(new Set(answers.map(({ subject, scopes }) => `${subject} ${scopes}`))).toEqual(
      new Set(['alice notes:read', 'bob notes:write']),
    )
  })
})
