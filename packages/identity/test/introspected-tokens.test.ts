/** Opaque tokens: looked up, judged by the checks of a JWT, and remembered for 5 seconds. */
import { describe, expect, it, vi } from 'vitest'
import { introspectionBounds } from '../src/bounds.ts'
import type { Introspect } from '../src/introspect.ts'
import type { Settings } from '../src/settings.ts'
import { authenticate, identityWith, outcomeOf } from './kit/identities.ts'
import { type Members, mint, shapes } from './kit/mint.ts'
import { now } from './kit/rows.ts'
import { refusals } from './refusals/table.ts'

const { freshSeconds, readMillisMax, retrySeconds } = introspectionBounds
const token = 't'.repeat(43)
const claims: Members = { ...shapes.fieldnotes.claims, client_id: 'assistant' }
const unknown = 'UNAUTHENTICATED token_unknown'
const outage = 'UNAVAILABLE introspection_failed'

type Answer = Members | undefined | (() => Promise<unknown>)

/** An identity with a store of opaque tokens. */
function worldOf(stored: Readonly<Record<string, Answer>> = { [token]: claims }, changes: Partial<Settings> = {}) {
  const tokens = new Map(Object.entries(stored))
  let seconds = now
  const introspect = vi.fn(async (text: string) => {
    const answer = tokens.get(text)
    return (typeof answer === 'function' ? answer() : answer) as Promise<Members | undefined>
  })
  const events: string[] = []
  const log: Settings['log'] = (level, event, fields) => void events.push(`${level} ${event} ${JSON.stringify(fields)}`)
  const identity = identityWith({ introspect, clock: () => seconds * 1000, log, ...changes })
  return {
    identity,
    introspect,
    events,
    tokens,
    wait: (more: number) => {
      seconds += more
    },
    outcome: (text = token) => outcomeOf(authenticate(identity, text)),
  }
}

function rejecting(error: unknown): () => Promise<never> {
  return async () => Promise.reject(error)
}

describe('an opaque token', () => {
  it('gives exactly the principal that a JWT with the same claims gives', async () => {
    const { identity } = worldOf()
    const principal = await authenticate(identity, token)
    expect(principal).toEqual(await authenticate(identity, mint(shapes.fieldnotes, claims)))
    expect(principal).toMatchObject({ kind: 'user', clientId: 'assistant', thirdParty: true, via: 'bearer' })
    expect(Object.isFrozen(principal)).toBe(true)
  })

  it('is refused without the setting, as any text that is no JWT', async () => {
    expect(await outcomeOf(authenticate(identityWith(), token))).toBe('UNAUTHENTICATED token_malformed')
  })

  it('may be of any row, and of a service', async () => {
    const service = { ...shapes.oidc.claims, sub: 'robot', client_id: 'robot', auth_time: undefined }
    const { identity } = worldOf({ person: shapes.oidc.claims, service })
    expect(await authenticate(identity, 'person')).toMatchObject({ kind: 'user', issuer: 'own' })
    expect(await authenticate(identity, 'service')).toMatchObject({ kind: 'service', clientId: 'robot' })
  })

  it('is the answer of an introspection endpoint, which says that it is active', async () => {
    const { identity } = worldOf({ [token]: { active: true, token_type: 'Bearer', ...claims } })
    expect(await authenticate(identity, token)).toMatchObject({ kind: 'user', clientId: 'assistant' })
  })

  it.each([
    undefined,
    { active: false },
    { ...claims, active: false },
    { ...claims, active: 'true' },
    { active: null },
  ])('is refused where the answer is %j', async (answer) => {
    expect(await worldOf({ [token]: answer }).outcome()).toBe(unknown)
  })

  it('is taken by each spelling of the scheme, from the header alone', async () => {
    const { identity, introspect } = worldOf()
    for (const authorization of [`Bearer ${token}`, `bearer ${token}`, `BEARER  ${token}`])
      expect(await outcomeOf(identity.authenticate({ authorization }))).toBe('accepted')
    expect(await identity.authenticate({ 'x-access-token': token })).toEqual({ kind: 'anonymous' })
    expect(introspect).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['a JWT whose signature is wrong', `${mint(shapes.fieldnotes).slice(0, -4)}AAAA`, 'signature_invalid'],
    ['a token with a dot', `${token}.`, 'token_malformed'],
    ['a text of 513 characters', 'x'.repeat(513), 'token_too_long'],
    ['two tokens', `${token}, ${token}`, 'authorization_malformed'],
    ['white space behind it', `${token} `, 'authorization_malformed'],
  ])('is not looked up: %s', async (_what, text, reason) => {
    const { outcome, introspect } = worldOf()
    expect(await outcome(text)).toBe(`UNAUTHENTICATED ${reason}`)
    expect(introspect).not.toHaveBeenCalled()
  })

  it('of one person never gives another, also at the same time', async () => {
    const people = ['wIIK903oPU0nKClpkqvdhPsf6s4', 'wIIK903oPU0nKClpkqvdhPsf6s0'] as const
    const slow = Promise.withResolvers<Members>()
    const { identity } = worldOf({ a: () => slow.promise, b: { ...claims, sub: people[1] } })
    const first = authenticate(identity, 'a')
    const second = await authenticate(identity, 'b')
    slow.resolve({ ...claims, sub: people[0] })
    expect([await first, second]).toMatchObject(people.map((id) => ({ id })))
    expect(await authenticate(identity, 'a')).toMatchObject({ id: people[0] })
  })
})

/** Attacks on claims, on the two shapes of RFC 9068. Those whose text is no JSON object can't be stored as claims. */
const attacks = refusals
  .filter(({ section }) => ['issuer', 'audience and client', 'time', 'caller'].includes(section))
  .filter(({ name }) => name === 'fieldnotes' || name === 'oidc')
  .map((row) => ({ ...row, claims: claimsIn(row.headers()) }))
  .filter((row) => row.claims !== undefined && !/^(header|json)_/.test(row.reason))

function claimsIn({ authorization }: Readonly<Record<string, unknown>>): Members | undefined {
  try {
    return JSON.parse(Buffer.from(String(authorization).split('.')[1] ?? '', 'base64url').toString())
  } catch {
    return undefined
  }
}

describe('the claims of an opaque token', () => {
  it('are attacked as those of a JWT', () => {
    expect(attacks.length).toBeGreaterThan(200)
  })

  it.each(attacks)('$name: $what', async ({ claims: stored, reason }) => {
    expect(await worldOf({ [token]: stored }).outcome()).toBe(`UNAUTHENTICATED ${reason}`)
  })

  it.each([[[]], ['text'], [1], [true], [null]])('are an outage where the answer is %j', async (answer) => {
    expect(await worldOf({ [token]: async () => answer }).outcome()).toBe(outage)
  })

  it('are refused as a JWT is that is bound to a key, and by the list of revocations', async () => {
    expect(await worldOf({ [token]: { ...claims, cnf: { jkt: 'k' } } }).outcome()).toBe(
      'UNAUTHENTICATED sender_constrained',
    )
    const seen: string[] = []
    const isRevoked: Settings['isRevoked'] = ({ loginId = '' }) => seen.push(loginId) > 1
    const { outcome } = worldOf(undefined, { isRevoked })
    expect([await outcome(), await outcome()]).toEqual(['accepted', 'UNAUTHENTICATED revoked'])
    expect(seen).toEqual(['login-1', 'login-1'])
  })

  it('are narrowed by the policies of the host', async () => {
    const { identity } = worldOf(undefined, { allowedScopes: () => new Set<string>() })
    expect(await authenticate(identity, token)).toMatchObject({
      scopes: new Set(),
      withheldScopes: new Set(['notes:read']),
    })
  })
})

describe('a look-up', () => {
  it('is used for 5 seconds: then a token that its issuer has ended is refused', async () => {
    const { identity, outcome, introspect, tokens, wait } = worldOf()
    const first = await authenticate(identity, token)
    tokens.delete(token)
    wait(freshSeconds - 0.001)
    for (let count = 0; count < 100; count += 1) expect(await authenticate(identity, token)).toBe(first)
    expect(introspect).toHaveBeenCalledTimes(1)
    wait(0.001)
    expect(await outcome()).toBe(unknown)
    expect(introspect).toHaveBeenCalledTimes(2)
  })

  it('remembers as long that there is no such token, and that its claims are refused', async () => {
    const { outcome, introspect, tokens, wait } = worldOf({ other: { ...claims, aud: 'https://other.example.com' } })
    for (let count = 0; count < 100; count += 1) expect(await outcome()).toBe(unknown)
    for (let count = 0; count < 100; count += 1) expect(await outcome('other')).toBe('UNAUTHENTICATED audience_wrong')
    expect(introspect).toHaveBeenCalledTimes(2)
    tokens.set(token, claims)
    wait(freshSeconds)
    expect(await outcome()).toBe('accepted')
  })

  it('is shared by 50 requests at the same time', async () => {
    const { outcome, introspect } = worldOf()
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome()))
    expect([new Set(outcomes), introspect.mock.calls.length]).toEqual([new Set(['accepted']), 1])
  })

  it('never lets a token pass in the second of its exp', async () => {
    const { outcome, introspect, wait } = worldOf({ [token]: { ...claims, exp: now + 3 } })
    expect(await outcome()).toBe('accepted')
    wait(2.999)
    expect(await outcome()).toBe('accepted')
    wait(0.001)
    expect(await outcome()).toBe('UNAUTHENTICATED expired')
    expect(introspect).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['rejects', rejecting(new Error('no answer'))],
    ['rejects with what is no Error', rejecting('text')],
    [
      'throws',
      () => {
        throw new Error('at once')
      },
    ],
  ])('that %s is an outage, which is not repeated for a second, and no refusal', async (_how, answer) => {
    const { outcome, introspect, tokens, wait, events } = worldOf({ [token]: answer })
    expect([await outcome(), await outcome()]).toEqual([outage, outage])
    expect(introspect).toHaveBeenCalledTimes(1)
    expect(events.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['warn identity.introspection_failed'])
    tokens.set(token, claims)
    wait(retrySeconds)
    expect(await outcome()).toBe('accepted')
  })

  it('that is not repeated has the cause of the one that failed, for the log', async () => {
    const cause = new Error('no answer')
    const { identity } = worldOf({ [token]: rejecting(cause) })
    for (let count = 0; count < 2; count += 1) {
      const error = await authenticate(identity, token).catch((thrown: unknown) => thrown)
      expect((error as Error).cause).toBe(cause)
    }
  })

  it('that takes more than 2 seconds is an outage, also of a token that was valid', async () => {
    vi.useFakeTimers()
    try {
      const { outcome, tokens, wait } = worldOf()
      expect(await outcome()).toBe('accepted')
      tokens.set(token, () => new Promise(() => undefined))
      wait(freshSeconds)
      const late = outcome()
      await vi.advanceTimersByTimeAsync(readMillisMax)
      expect(await late).toBe(outage)
    } finally {
      vi.useRealTimers()
    }
  })

  it('writes no token and no claim into the log', async () => {
    const { outcome, events } = worldOf({ [token]: rejecting(new Error('no answer')) })
    await outcome()
    expect(events.join()).not.toContain(token)
  })

  it('of invented tokens is one for each, and makes no valid one forgotten', async () => {
    const { outcome, introspect } = worldOf()
    expect(await outcome()).toBe('accepted')
    for (let count = 0; count < 2500; count += 1) await outcome(`invented-${count}`)
    expect(await outcome()).toBe('accepted')
    expect(introspect).toHaveBeenCalledTimes(2501)
  })

  // A number of the test: with a larger memory the source fails, and the test ends.
  it.each(['valid', 'invented'])('remembers 2,000 tokens that are %s: the oldest is forgotten', async (kind) => {
    const introspect: Introspect = vi.fn(async () => (kind === 'valid' ? claims : undefined))
    const identity = identityWith({ introspect })
    const ask = (count: number) => outcomeOf(authenticate(identity, `token-${count}`))
    for (let count = 0; count < 2000; count += 1) await ask(count)
    await ask(0)
    expect(introspect).toHaveBeenCalledTimes(2000)
    await ask(2000)
    await ask(1999)
    expect(introspect).toHaveBeenCalledTimes(2001)
    await ask(0)
    expect(introspect).toHaveBeenCalledTimes(2002)
  })
})
