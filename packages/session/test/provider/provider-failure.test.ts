import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { failureOf } from '../../src/provider/provider-failure.ts'

describe('failureOf', () => {
  it.each([
    [{ error: 'invalid_grant' }, 'UNAUTHENTICATED', 'provider_grant_refused'],
    [{ code: 'OAUTH_INVALID_RESPONSE' }, 'BAD_USER_INPUT', 'provider_answer_refused OAUTH_INVALID_RESPONSE'],
    [{ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' }, 'BAD_USER_INPUT', /COMPARISON_FAILED$/],
    [{ code: 'OAUTH_UNSUPPORTED_OPERATION' }, 'BAD_USER_INPUT', /UNSUPPORTED_OPERATION$/],
    [{ name: 'ResponseBodyError', error: 'invalid_client' }, 'UNAVAILABLE', /ResponseBodyError invalid_client$/],
    [{ name: 'ClientError', code: 'OAUTH_TIMEOUT' }, 'UNAVAILABLE', /ClientError OAUTH_TIMEOUT$/],
    [{ name: 'TypeError', message: 'fetch failed' }, 'UNAVAILABLE', /TypeError$/],
    [undefined, 'UNAVAILABLE', /./],
  ] as const)('of %j is %s', (thrown, code, reason) => {
    const failure = failureOf(thrown)
    expect(failure.code).toBe(code)
    expect(failure.reason).toMatch(reason)
  })

  it('has no cause, and no text of the other side', () => {
    const failure = failureOf({ error: 'eyJ a token', code: 'a\nb', name: 'x y', cause: 'eyJ' })
    expect([failure.cause, failure.reason]).toEqual([undefined, 'provider out of reach: other other other'])
  })

  it('leaves our own errors as they are', () => {
    const own = new AppError('NOT_FOUND', 'x')
    expect(failureOf(own)).toBe(own)
  })
})
