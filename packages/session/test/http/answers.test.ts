import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { errorAnswer, jsonAnswer, noContent, SignInRefused, seeOther, signInFailed } from '../../src/http/answers.ts'

const failure = new AppError('BAD_USER_INPUT', 'a reason for the log', { cause: new Error('a secret') })

describe('every answer', () => {
  it.each([
    ['json', jsonAnswer({ a: 1 }), 200],
    ['204', noContent({}), 204],
    ['a redirect', seeOther('/notes', ['a=b']), 303],
    ['an error', errorAnswer(failure), 400],
    ['a page', signInFailed(failure), 400],
  ] as const)('is personal: %s', (_name, { statusCode, headers }, status) => {
    expect(statusCode).toBe(status)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
  })
})

describe('errorAnswer', () => {
  it('has the members of the errors of the endpoint, and neither reason nor cause', () => {
    const { body } = errorAnswer(failure)
    const message = 'The input is not acceptable.'
    expect(JSON.parse(body ?? '')).toEqual({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] })
  })

  it('has a status of its own, which the body does not show', () => {
    const { statusCode, body } = errorAnswer(new AppError('BAD_USER_INPUT', 'x', { extensions: { status: 405 } }))
    expect([statusCode, JSON.parse(body ?? '').errors[0].extensions]).toEqual([405, { code: 'BAD_USER_INPUT' }])
  })

  it('says when to try again', () => {
    expect(errorAnswer(new AppError('UNAVAILABLE', 'x')).headers).toMatchObject({ 'retry-after': '1' })
    expect(errorAnswer(failure).headers).not.toHaveProperty('retry-after')
  })
})

describe('signInFailed', () => {
  it('is one page for every reason, without scripts, forms and frames', () => {
    const pages = [failure, new AppError('UNAUTHENTICATED', 'other')].map((error) => signInFailed(error))
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1)
    expect(pages[0]?.headers?.['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(pages[0]?.body).not.toMatch(/reason|secret|<script|<form/)
    // The provider's cookie would repeat a sign-in that was refused.
    expect(pages[0]?.body).toContain('<a href="/session/login?prompt=login">')
    expect(signInFailed(new AppError('UNAVAILABLE', 'x'))).toMatchObject({
      statusCode: 503,
      body: expect.stringContaining('does not work right now'),
    })
  })

  it('starts the same sign-in again, where it was one of this browser', () => {
    const error = new SignInRefused(failure, '/session/login?max_age=300&prompt=login&return=%2Fa%22b')
    const { statusCode, body } = signInFailed(error)
    expect(statusCode).toBe(400)
    expect(body).toContain('<a href="/session/login?max_age=300&amp;prompt=login&amp;return=%2Fa%22b">Start again</a>')
  })
})
