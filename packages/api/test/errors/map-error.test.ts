import { AppError, type ErrorCode, errors } from '@fieldnotes/core/error'
import { defaultRemedies, type Remedy } from '@fieldnotes/core/remedy'
import { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { publicError } from '../../src/errors/map-error.ts'

const path = ['note', 'title']
function seen(thrown: Error, extensions = {}) {
  const located = new GraphQLError(thrown.message, { originalError: thrown, path, extensions })
  return publicError(located.toJSON(), located)
}

describe('publicError', () => {
  it.each(Object.keys(errors) as ErrorCode[])('answers %s with its own words and nothing of the reason', (code) => {
    const answer = seen(new AppError(code, 'secret reason', { cause: new Error('secret cause') }))
    const remedy = (defaultRemedies as Partial<Record<ErrorCode, Remedy>>)[code]
    expect(answer).toEqual({ message: errors[code].message, path, extensions: { ...(remedy && { remedy }), code } })
  })

  it('hands on the public facts of an error', () => {
    const answer = seen(new AppError('BAD_USER_INPUT', 'length', { extensions: { argument: 'input.title' } }))
    expect(answer.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'input.title' })
  })

  it('hands on the remedy of an error, and none for NOT_FOUND', () => {
    const remedy = { kind: 'SCOPES', scopes: [['notes:write']] } as const
    expect(seen(new AppError('FORBIDDEN', 'scope', { remedy })).extensions).toEqual({ code: 'FORBIDDEN', remedy })
    const hidden = new AppError('NOT_FOUND' as 'FORBIDDEN', 'not yours', { remedy, extensions: { remedy } as never })
    expect(seen(hidden)).toEqual(seen(new AppError('NOT_FOUND', 'absent')))
  })

  it('finds our error below any number of wrappers', () => {
    const inner = new GraphQLError('x', { originalError: new AppError('NOT_FOUND', 'deep') })
    expect(seen(inner).extensions?.code).toBe('NOT_FOUND')
  })

  it('masks an error that no rule maps', () => {
    const answer = seen(new TypeError('connect 10.0.0.1: password hunter2'))
    expect(answer).toEqual({ message: errors.INTERNAL.message, path, extensions: { code: 'INTERNAL' } })
  })

  it('masks an error of graphql-js that quotes a stored value', () => {
    const answer = publicError({ message: '' }, new GraphQLError('Int cannot represent non-integer value: "hunter2"'))
    expect(answer).toEqual({ message: errors.INTERNAL.message, extensions: { code: 'INTERNAL' } })
  })

  it('gives the request id with INTERNAL and drops every other extension of the layers below', () => {
    const answer = seen(new Error('x'), { requestId: 'r1', stacktrace: ['at x'], exception: {} })
    expect(answer.extensions).toEqual({ code: 'INTERNAL', requestId: 'r1' })
  })

  it.each(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE'])(
    'calls %s what it is: bad input',
    (code) => {
      const error = new GraphQLError('no', { extensions: { code } })
      expect(publicError(error.toJSON(), error).extensions).toEqual({ code: 'BAD_USER_INPUT' })
    },
  )

  it('leaves the words of the persisted queries protocol alone', () => {
    const error = new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } })
    expect(publicError(error.toJSON(), error)).toEqual(error.toJSON())
  })
})
