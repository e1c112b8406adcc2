/** The remedy of an error leaves through every exit of the endpoint, and never with NOT_FOUND. */
import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { errorResponse } from '../../src/http/responses.ts'
import { call } from '../support/apollo-server.ts'

describe('the remedy of an error', () => {
  it('is in the extensions of a field’s error', async () => {
    const { body } = await call({ query: '{ remediable }' })
    expect(body.errors[0].extensions).toEqual({
      code: 'FORBIDDEN',
      remedy: { kind: 'SCOPES', scopes: [['notes:write']] },
    })
  })

  it('is in the extensions of a response outside GraphQL', () => {
    const remedy = { kind: 'STEP_UP', maxAge: 300 } as const
    const error = new AppError('UNAUTHENTICATED', 'too old', { remedy })
    const { body = '' } = errorResponse(error, { accept: undefined, requestId: 'r1' })
    expect(JSON.parse(String(body)).errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', remedy })
  })

  it('is never with NOT_FOUND: hidden and absent answer byte for byte alike', async () => {
    const [hidden, absent] = await Promise.all(
      ['remedied', 'missing'].map((name) => call({ query: `{ it: ${name} }` })),
    )
    expect(hidden?.text.replace(/"column":\d+/g, '')).toBe(absent?.text.replace(/"column":\d+/g, ''))
    const refused = { accept: undefined, requestId: 'r1' }
    const remedied = new AppError('NOT_FOUND' as 'FORBIDDEN', 'hidden', { remedy: { kind: 'ASK_OWNER' } })
    expect(errorResponse(remedied, refused)).toEqual(errorResponse(new AppError('NOT_FOUND', 'absent'), refused))
  })
})
