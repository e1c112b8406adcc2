/** A rotation of the signing key, as a verifier with a cached key set sees it. */
import { generateKeyPairSync } from 'node:crypto'
import { createIdentity } from '@fieldnotes/identity/identity'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { defaultBounds } from '../../identity/src/bounds.ts'
import { heldKeys } from '../src/keys/held-key.ts'
import { type ConfiguredKey, keyFaults, keySetOf, openKeyRing, thumbprintOf } from '../src/keys/key-ring.ts'
import { joseSignature } from '../src/keys/signature-form.ts'

const pairs = {
  a: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  b: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}
const service = heldKeys({
  a: pairs.a.privateKey.export({ format: 'jwk' }),
  b: pairs.b.privateKey.export({ format: 'jwk' }),
})
const issuer = 'https://auth.example.com/oauth'
const resource = 'https://api.example.com/graphql'

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** One issuer whose keys change, and a verifier that sees them by its own cache. */
function world() {
  let now = 1_800_000_000
  let keys: readonly ConfiguredKey[] = [{ keyId: 'a', state: 'active' }]
  const ring = () => openKeyRing(keys, service)
  const identity = createIdentity({
    ...{ resource, loopbackIssuers: 'refuse', environment: {}, log: () => {}, clock: () => now * 1000 },
    issuers: [
      {
        ...{ kind: 'fieldnotes', name: 'fieldnotes', issuer, jwksUri: `${issuer}/jwks` },
        ...{ scopes: { 'notes:read': ['notes:read'] }, firstPartyClientIds: [] },
      },
    ],
    fetch: async () => Response.json(keySetOf(await ring())),
  })
  return {
    configure: (...next: readonly ConfiguredKey[]) => {
      expect(keyFaults(next)).toEqual([])
      keys = next
    },
    pass: (seconds: number) => {
      now += seconds
    },
    async token(): Promise<string> {
      const [active] = await ring()
      const claims = {
        iss: issuer,
        aud: resource,
        sub: 'robot',
        client_id: 'robot',
        scope: 'notes:read',
        jti: String(now),
      }
      const header = { alg: 'ES256', typ: 'at+jwt', kid: active.kid }
      const text = `${encoded(header)}.${encoded({ ...claims, iat: now, exp: now + 300 })}`
      return `${text}.${joseSignature(await active.sign(Buffer.from(text))).toString('base64url')}`
    },
    accepts: async (token: string) => {
      const caller = await identity.authenticate({ authorization: `Bearer ${token}` }).catch((error) => error.reason)
      return caller.kind === 'service' ? true : caller
    },
  }
}

/** Longer than a verifier keeps a key set. */
const fresh = defaultBounds.keysFreshSecondsMax + 1

function kidOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
}

describe('a rotation', () => {
  it('refuses no token, if each state lasts longer than a cached key set', async () => {
    const { configure, pass, token, accepts } = world()
    const first = await token()
    expect(await accepts(first)).toBe(true)

    configure({ keyId: 'a', state: 'active' }, { keyId: 'b', state: 'next' })
    expect(kidOf(await token())).toBe(kidOf(first))
    pass(fresh)
    const last = await token()
    expect(await accepts(last)).toBe(true)

    configure({ keyId: 'a', state: 'retiring' }, { keyId: 'b', state: 'active' })
    const next = await token()
    expect(kidOf(next)).not.toBe(kidOf(last))
    // Without another fetch: the verifier has both keys.
    expect([await accepts(next), await accepts(last)]).toEqual([true, true])
    pass(299)
    expect([await accepts(next), await accepts(last)]).toEqual([true, true])
    pass(1)
    expect(await accepts(last)).toBe('expired')

    configure({ keyId: 'b', state: 'active' })
    pass(fresh)
    expect(await accepts(await token())).toBe(true)
  })

  it('refuses tokens of a removed key as soon as the cached set ends', async () => {
    const { configure, pass, token, accepts } = world()
    const old = await token()
    expect(await accepts(old)).toBe(true)
    configure({ keyId: 'b', state: 'active' })
    expect(await accepts(old)).toBe(true)
    pass(fresh)
    expect(await accepts(old)).toBe('key_unknown')
  })
})

describe('a ring', () => {
  it('names keys by their thumbprint (RFC 7638), and publishes public members alone', async () => {
    const ring = await openKeyRing(
      [
        { keyId: 'b', state: 'next' },
        { keyId: 'a', state: 'active' },
      ],
      service,
    )
    expect(ring.map(({ state }) => state)).toEqual(['active', 'next'])
    for (const { kid, publicKey } of ring) {
      expect(kid).toBe(await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as never))
      expect(kid).toBe(thumbprintOf(publicKey))
    }
    for (const key of keySetOf(ring).keys)
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })

  it('has no key of another curve', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const other = heldKeys({ c: privateKey.export({ format: 'jwk' }) })
    await expect(openKeyRing([{ keyId: 'c', state: 'active' }], other)).rejects.toThrow('not P-256')
  })

  it.each([
    ['no key', [], /not exactly one is active/],
    [
      'two active keys',
      [
        ['a', 'active'],
        ['b', 'active'],
      ],
      /not exactly one is active/,
    ],
    ['none that is active', [['a', 'next']], /not exactly one is active/],
    [
      'a key twice',
      [
        ['a', 'active'],
        ['a', 'next'],
      ],
      /listed twice/,
    ],
    [
      'four keys',
      [
        ['a', 'active'],
        ['b', 'next'],
        ['c', 'retiring'],
        ['d', 'retiring'],
      ],
      /more than 3/,
    ],
    [
      'a state that does not exist',
      [
        ['a', 'active'],
        ['b', 'removed'],
      ],
      /a state/,
    ],
  ] as const)('does not start with %s', (_name, keys, fault) => {
    const given = keys.map(([keyId, state]) => ({ keyId, state })) as readonly ConfiguredKey[]
    expect(keyFaults(given)).toEqual([expect.stringMatching(fault)])
  })
})
