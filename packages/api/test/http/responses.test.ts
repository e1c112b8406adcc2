import { AppError } from '@fieldnotes/core/error'
import { describe, expect, it } from 'vitest'
import { errorResponse, jsonResponse, noContent, refusedOf } from '../../src/http/responses.ts'
import { event } from '../support/gateway.ts'

const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', vary: 'accept, accept-encoding' }
const refused = { accept: undefined, requestId: 'r1' }

function bodyOf({ body }: { readonly body?: string | undefined }) {
  return JSON.parse(body ?? '')
}

describe('a response', () => {
  it('without a body is 204 with the common headers', () => {
    expect(noContent()).toEqual({ statusCode: 204, headers: common })
  })

  it('has its own headers, which replace the media type and never the common ones', () => {
    expect(jsonResponse(200, '{}', { 'content-type': 'a/b', 'cache-control': 'public', 'x-a': 'b' })).toEqual({
      statusCode: 200,
      headers: { ...common, 'content-type': 'a/b', 'x-a': 'b' },
      body: '{}',
    })
    expect(jsonResponse(200, '{}').headers?.['content-type']).toBe('application/json; charset=utf-8')
  })
})

describe('the response to a refusal', () => {
  it('has one error with the public message and the code of the refusal', () => {
    const found = errorResponse(new AppError('NOT_FOUND', 'a secret reason'), refused)
    expect(found).toMatchObject({ statusCode: 404, headers: common })
    expect(bodyOf(found)).toEqual({ errors: [{ message: 'Not found.', extensions: { code: 'NOT_FOUND' } }] })
  })

  it('has the id of the request where the error is a bug', () => {
    const found = bodyOf(errorResponse(new AppError('INTERNAL', 'a bug'), refused))
    expect(found.errors).toMatchObject([{ extensions: { code: 'INTERNAL', requestId: 'r1' } }])
  })

  it.each([
    [undefined, 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['text/html', 'application/json; charset=utf-8'],
  ])('has the media type that accept %s names', (accept, mediaType) => {
    const found = errorResponse(new AppError('NOT_FOUND', 'no route'), { ...refused, accept })
    expect(found.headers?.['content-type']).toBe(mediaType)
  })

  it('says when to come back from an outage, and from no other refusal', () => {
    const headersOf = (error: AppError) => errorResponse(error, refused).headers
    expect(headersOf(new AppError('UNAVAILABLE', 'down'))).toHaveProperty('retry-after', '1')
    expect(headersOf(new AppError('NOT_FOUND', 'none'))).not.toHaveProperty('retry-after')
  })

  it('has the headers that are given', () => {
    expect(errorResponse(new AppError('NOT_FOUND', 'none'), refused, { allow: 'GET' }).headers).toMatchObject({
      ...common,
      allow: 'GET',
    })
  })

  it('depends on the accept header and the id of the event', () => {
    const given = { ...event('{}'), headers: { accept: 'a/b' }, requestContext: { requestId: 'r2' } }
    expect(refusedOf(given as unknown as ReturnType<typeof event>)).toEqual({ accept: 'a/b', requestId: 'r2' })
  })
})
