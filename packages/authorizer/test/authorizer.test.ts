/** The whole authorizer, with keys and revocations that tests answer. */
import { describe, expect, it } from 'vitest'
import { settings } from '../../identity/test/kit/identities.ts'
import { mint, shapes } from '../../identity/test/kit/mint.ts'
import { boundToken, proven } from '../../identity/test/kit/proofs.ts'
import { createAuthorizer } from '../src/authorizer.ts'
import type { AuthorizerEvent } from '../src/give-verdict.ts'

const unreachable = { name: 'access', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' }

function event(authorization?: string): AuthorizerEvent {
  const requestContext = { requestId: 'r1' } as AuthorizerEvent['requestContext']
  return { headers: authorization === undefined ? {} : { authorization }, requestContext }
}

function create({ gateDenies = false } = {}) {
  process.env.AWS_ACCESS_KEY_ID ??= 'none'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'none'
  const lines: string[] = []
  const { issuers, resource } = settings
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  const config = { issuers, resource, access: unreachable, gateDenies }
  return { lines, authorize: createAuthorizer(config, { ...settings, log }) }
}

describe('createAuthorizer', () => {
  it('needs no table for a request without a token, and for one that is refused', async () => {
    const { authorize } = create()
    expect((await authorize(event())).context).toEqual({ verdict: 'anonymous' })
    const expired = mint(shapes.cognito, { exp: 1_700_000_000, iat: 1_699_999_900 })
    expect((await authorize(event(`Bearer ${expired}`))).context).toEqual({ verdict: 'refused', code: 'expired' })
  })

  it('denies a refused credential where the stage says so, and nothing else', async () => {
    const { authorize } = create({ gateDenies: true })
    const expired = mint(shapes.cognito, { exp: 1_700_000_000, iat: 1_699_999_900 })
    const isAuthorized = async (authorization?: string) => (await authorize(event(authorization))).isAuthorized
    expect(await isAuthorized(`Bearer ${expired}`)).toBe(false)
    expect([await isAuthorized(), await isAuthorized(`Bearer ${mint(shapes.cognito)}`)]).toEqual([true, true])
  })

  it('can not judge a valid token while the revocations are out of reach', async () => {
    const { authorize } = create()
    expect((await authorize(event(`Bearer ${mint(shapes.cognito)}`))).context).toEqual({ verdict: 'unavailable' })
  })

  it('logs no token', async () => {
    const { authorize, lines } = create()
    const token = mint(shapes.cognito)
    await authorize(event(`Bearer ${token}x`))
    await authorize(event(`Bearer ${token}`))
    expect(lines.length).toBeGreaterThan(0)
    for (const part of token.split('.')) expect(lines.join('\n')).not.toContain(part)
  })

  it('does not start with a setting that weakens a check', () => {
    const { issuers, resource } = settings
    const config = { issuers, resource, access: unreachable, gateDenies: false }
    expect(() => createAuthorizer({ ...config, resource: 'graphql' }, settings)).toThrow(/resource/)
    const environment = { FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' }
    expect(() => createAuthorizer(config, { ...settings, environment })).toThrow(/FIREBASE_AUTH_EMULATOR_HOST/)
  })
})

describe('a token that is bound to a key', () => {
  const sent = (headers: Readonly<Record<string, unknown>>, method = 'POST') =>
    ({ headers, requestContext: { requestId: 'r1', http: { method } } }) as unknown as AuthorizerEvent

  it('is judged with its proof again and again, because the endpoint consumes the proof', async () => {
    const { authorize } = create()
    // The revocations are out of reach here, so that everything before them was in order.
    const verdicts = [await authorize(sent(proven())), await authorize(sent(proven()))].map(({ context }) => context)
    expect(verdicts).toEqual([{ verdict: 'unavailable' }, { verdict: 'unavailable' }])
  })

  it.each([
    ['of another method', sent(proven(), 'GET'), 'proof_method_wrong'],
    ['without a proof', sent({ authorization: `DPoP ${boundToken}` }), 'proof_missing'],
    ['as a bearer token', sent({ authorization: `Bearer ${boundToken}` }), 'sender_constrained'],
    ['in an event without a method', event(`DPoP ${boundToken}`), 'scheme_unsupported'],
  ])('is refused %s', async (_what, request, code) => {
    expect((await create().authorize(request)).context).toEqual({ verdict: 'refused', code })
  })
})
