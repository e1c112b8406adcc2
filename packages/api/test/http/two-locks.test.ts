import { AppError } from '@fieldnotes/core/error'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/http/route.ts'
import { createTwoLocks } from '../../src/http/two-locks.ts'

const alice = sampleUser({ id: 'alice' })
const token = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-_01234'

function refusing(code: 'UNAUTHENTICATED' | 'UNAVAILABLE' | 'INTERNAL', reason: string) {
  return new AppError(code, reason)
}

interface Sent {
  readonly own: Principal | Error
  /** Member `authorizer` of the event. */
  readonly authorizer?: unknown
  readonly headers?: Event['headers']
}

/** `accepted`, or code and reason; and the lines of the log. */
async function send({ own, authorizer, headers = {} }: Sent): Promise<readonly [string, ...unknown[]]> {
  const lines: unknown[] = []
  const authenticate = async () => {
    if (own instanceof Error) throw own
    return own
  }
  const locks = createTwoLocks({ authenticate }, (level, event, fields) => lines.push({ level, event, ...fields }))
  const event = {
    headers,
    requestContext: { requestId: 'r1', http: { method: 'POST' }, authorizer },
  } as unknown as Event
  try {
    const principal = await locks(event)
    return [principal === own ? 'accepted' : 'another principal', ...lines]
  } catch (error) {
    return [error instanceof AppError ? `${error.code} ${error.reason}` : String(error), ...lines]
  }
}

function lambda(context: object) {
  return { lambda: context }
}

const ok = lambda({ verdict: 'ok', id: 'alice' })
const expired = lambda({ verdict: 'refused', code: 'expired' })
const forged = lambda({ verdict: 'refused', code: 'signature_invalid' })
const differ = { level: 'error', event: 'locks_differ', requestId: 'r1', agreement: 'differs' }

describe('createTwoLocks', () => {
  it('accepts a caller on whom both agree', async () => {
    expect(await send({ own: alice, authorizer: ok })).toEqual(['accepted'])
    expect(await send({ own: anonymous, authorizer: lambda({ verdict: 'anonymous' }) })).toEqual(['accepted'])
  })

  it.each([
    undefined,
    null,
    {},
    { lambda: undefined },
    { lambda: {} },
    { jwt: { claims: { sub: 'alice' } } },
    { iam: { verdict: 'ok', id: 'alice' } },
    { verdict: 'ok', id: 'alice' },
    lambda({ verdict: 'ok' }),
  ])('refuses a request without any verdict, and logs it: %j', async (authorizer) => {
    const missing = { ...differ, agreement: 'missing', gate: 'none' }
    for (const [own, text] of [
      [alice, 'ok'],
      [anonymous, 'anonymous'],
    ] as const)
      expect(await send({ own, authorizer })).toEqual(['UNAUTHENTICATED verdict_missing', { ...missing, own: text }])
  })

  it('reads no verdict from a header', async () => {
    const headers = { 'x-verdict': 'ok', verdict: 'ok', 'x-amzn-authorizer': '{"verdict":"ok","id":"alice"}' }
    expect((await send({ own: alice, headers }))[0]).toBe('UNAUTHENTICATED verdict_missing')
  })

  it.each([
    ['another person', alice, lambda({ verdict: 'ok', id: 'bob' }), 'ok', 'ok'],
    ['anonymous', alice, lambda({ verdict: 'anonymous' }), 'anonymous', 'ok'],
    ['an opaque token', alice, lambda({ verdict: 'form' }), 'form', 'ok'],
    ['a person', anonymous, ok, 'ok', 'anonymous'],
  ])('refuses a caller whom the gateway takes for %s, and logs it', async (_what, own, authorizer, gate, text) => {
    expect(await send({ own, authorizer })).toEqual(['UNAUTHENTICATED verdicts_differ', { ...differ, gate, own: text }])
  })

  it('refuses a credential that the gateway refuses, and logs that as a contradiction unless the reason passes', async () => {
    expect(await send({ own: alice, authorizer: expired })).toEqual(['UNAUTHENTICATED expired'])
    const line = { ...differ, gate: 'refused signature_invalid', own: 'ok' }
    expect(await send({ own: alice, authorizer: forged })).toEqual(['UNAUTHENTICATED signature_invalid', line])
  })

  it('refuses a credential that it refuses itself, with its own reason', async () => {
    const own = refusing('UNAUTHENTICATED', 'key_unknown')
    expect(await send({ own, authorizer: forged })).toEqual(['UNAUTHENTICATED key_unknown'])
    expect(await send({ own, authorizer: ok })).toEqual(['UNAUTHENTICATED key_unknown'])
    const wrong = refusing('UNAUTHENTICATED', 'audience_wrong')
    const line = { ...differ, gate: 'ok', own: 'refused audience_wrong' }
    expect(await send({ own: wrong, authorizer: ok })).toEqual(['UNAUTHENTICATED audience_wrong', line])
  })

  it('is closed while either lock can not judge, and never calls that a refusal', async () => {
    const unavailable = lambda({ verdict: 'unavailable' })
    expect(await send({ own: alice, authorizer: unavailable })).toEqual(['UNAVAILABLE gate_unavailable'])
    const own = refusing('UNAVAILABLE', 'keys_unreachable')
    for (const authorizer of [ok, unavailable, forged])
      expect(await send({ own, authorizer })).toEqual(['UNAVAILABLE keys_unreachable'])
    const refused = refusing('UNAUTHENTICATED', 'expired')
    expect(await send({ own: refused, authorizer: unavailable })).toEqual(['UNAUTHENTICATED expired'])
  })

  it('calls a bug in the authorizer a bug, whatever it sees itself: a refusal would hide it', async () => {
    const authorizer = lambda({ verdict: 'failed' })
    const refused = refusing('UNAUTHENTICATED', 'expired')
    for (const own of [alice, anonymous, refused, refusing('UNAVAILABLE', 'keys_unreachable')])
      expect(await send({ own, authorizer })).toEqual(['INTERNAL gate_failed'])
  })

  it('decides alone on a well-formed opaque token', async () => {
    const headers = { authorization: `Bearer ${token}` }
    const form = lambda({ verdict: 'form' })
    expect(await send({ own: alice, authorizer: form, headers })).toEqual(['accepted'])
    const own = refusing('UNAUTHENTICATED', 'token_malformed')
    expect(await send({ own, authorizer: form, headers })).toEqual(['UNAUTHENTICATED token_malformed'])
    expect((await send({ own: alice, authorizer: ok, headers }))[0]).toBe('UNAUTHENTICATED verdicts_differ')
  })

  it('passes on a bug as it is', async () => {
    expect(await send({ own: new TypeError('a bug'), authorizer: ok })).toEqual(['TypeError: a bug'])
    expect(await send({ own: refusing('INTERNAL', 'bug'), authorizer: ok })).toEqual(['INTERNAL bug'])
  })
})
