/** Which attempts of a write may have taken effect. */
import { describe, expect, it } from 'vitest'
import { mayHaveTakenEffect } from '../src/write-attempts.ts'

describe('an attempt', () => {
  it.each([
    ['a refusal', { $metadata: { httpStatusCode: 400 }, __type: 'com.amazonaws#ValidationException' }, false],
    ['a status of 400 without the name of an error', { $metadata: { httpStatusCode: 400 }, name: 'Unknown' }, true],
    ['a status of 408', { $metadata: { httpStatusCode: 408 }, name: 'Unknown' }, true],
    ['a status of 413 with a name', { $metadata: { httpStatusCode: 413 }, __type: 'TooLarge' }, true],
    ['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }, false],
    ['a host without a route', { code: 'EHOSTUNREACH', syscall: 'connect' }, false],
    ['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, false],
    ['refused connections to all addresses', { errors: [{ syscall: 'connect' }, { syscall: 'connect' }] }, false],
    ['connections of which one was established', { errors: [{ syscall: 'connect' }, { syscall: 'read' }] }, true],
    ['an error without details', { errors: [] }, true],
    ['an error of the service', { $metadata: { httpStatusCode: 500 } }, true],
    [
      'an error of the service with a name',
      { $metadata: { httpStatusCode: 500 }, __type: 'InternalServerError' },
      true,
    ],
    ['a connection that timed out while it was used', { code: 'ETIMEDOUT', syscall: 'read' }, true],
    ['a redirection, which DynamoDB does not send', { $metadata: { httpStatusCode: 307 } }, true],
    ['a closed connection', { code: 'ECONNRESET' }, true],
    ['a time-out', { name: 'TimeoutError' }, true],
    ['an answer that is no JSON', new SyntaxError('Unexpected token'), true],
  ])('that ended in %s may have taken effect: %#', (_, error, expected) => {
    expect(mayHaveTakenEffect(error)).toBe(expected)
  })
})
