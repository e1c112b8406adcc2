import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode, errors } from '../src/error.ts'

describe('AppError', () => {
  it.each(Object.keys(errors) as ErrorCode[])('speaks the words of %s and keeps the reason to itself', (code) => {
    const error = new AppError(code, 'a secret reason')
    expect(error.message).toBe(errors[code].message)
    expect(JSON.stringify([error.message, error.extensions])).not.toContain('secret')
  })

  it('keeps the cause for the log', () => {
    const cause = new Error('socket')
    expect(new AppError('UNAVAILABLE', 'database', { cause }).cause).toBe(cause)
  })
})
