import type { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createMeasuredAdmission } from '@fieldnotes/policy/create-admission'
import { has, inGroup, type Rule } from '@fieldnotes/policy/rules'
import { describe, expect, it } from 'vitest'
import { challengeOf } from '../../../identity/src/token/challenge.ts'
import { costLimit } from '../../src/graphql/cost-limit.ts'
import { call, callOn, createServer, identity, json, modern, unknownQuery } from '../support/apollo-server.ts'

const statuses: readonly [string, object, string, number, string | undefined][] = [
  ['an answer', { query: '{ fine }' }, json, 200, undefined],
  ['a refused field', { query: '{ forbidden }' }, modern, 200, 'FORBIDDEN'],
  ['a missing thing', { query: '{ missing }' }, json, 200, 'NOT_FOUND'],
  ['nothing but an outage', { query: '{ down }' }, json, 503, 'UNAVAILABLE'],
  ['nothing but an outage, to a modern client', { query: '{ down }' }, modern, 503, 'UNAVAILABLE'],
  ['a part of an answer beside an outage', { query: '{ fine down }' }, json, 200, 'UNAVAILABLE'],
  ['nothing but a bug', { query: '{ bug }' }, json, 500, 'INTERNAL'],
  ['a bug and an outage', { query: '{ bug down }' }, json, 503, 'INTERNAL'],
  ['a syntax error', { query: '{' }, json, 200, 'BAD_USER_INPUT'],
  ['a syntax error, to a modern client', { query: '{' }, modern, 400, 'BAD_USER_INPUT'],
  ['an unknown field', { query: '{ nope }' }, json, 200, 'BAD_USER_INPUT'],
  ['an unknown field, to a modern client', { query: '{ nope }' }, modern, 400, 'BAD_USER_INPUT'],
  ['a bad variable', { query: 'query ($i: In) { echo(i: $i) }', variables: { i: {} } }, json, 200, 'BAD_USER_INPUT'],
  [
    'a bad variable, to a modern client',
    { query: 'query ($i: In) { echo(i: $i) }', variables: { i: {} } },
    modern,
    400,
    'BAD_USER_INPUT',
  ],
  ['no query', { operationName: 'x' }, json, 400, 'BAD_USER_INPUT'],
  ['an unknown operation', { query: 'query a { fine }', operationName: 'b' }, json, 400, 'BAD_USER_INPUT'],
  ['a subscription', { query: 'subscription { x }' }, modern, 400, 'BAD_USER_INPUT'],
  ['an unknown persisted query', unknownQuery, json, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  ['an unknown persisted query, to a modern client', unknownQuery, modern, 400, 'PERSISTED_QUERY_NOT_FOUND'],
  ['a persisted query with another text', { ...unknownQuery, query: '{ fine }' }, modern, 400, 'BAD_USER_INPUT'],
  ['two operations and no name', { query: 'query a { fine } query b { fine }' }, json, 400, 'BAD_USER_INPUT'],
  ['a batch', [{ query: '{ fine }' }], json, 400, 'BAD_USER_INPUT'],
  ['a fragment that contains itself', { query: '{ ...f } fragment f on Query { ...f }' }, json, 400, 'BAD_USER_INPUT'],
  ['introspection where it is off', { query: '{ __schema { types { name } } }' }, modern, 401, 'UNAUTHENTICATED'],
  [
    'introspection in a fragment',
    { query: '{ ...f } fragment f on Query { x: __type(name: "In") { name } }' },
    json,
    401,
    'UNAUTHENTICATED',
  ],
]

describe('the HTTP status', () => {
  it.each(statuses)('answers %s with its status and code', async (_name, body, accept, status, code) => {
    const answer = await call(body, accept)
    expect([answer.status ?? 200, answer.body.errors?.[0].extensions.code]).toEqual([status, code])
  })

  it('says where to sign in for an operation that is refused as a whole, in the header and in the body', async () => {
    const { headers, body } = await call({ query: '{ __schema { types { name } } }' })
    expect(headers.get('www-authenticate')).toMatch(/^Bearer /)
    expect(body.errors?.[0].extensions.resourceMetadata).toMatch(/^https:.*\/oauth-protected-resource\/graphql$/)
  })

  it('says so of no other refusal: a field that is refused, an outage', async () => {
    for (const query of ['{ fine forbidden }', '{ down }', '{']) {
      const { body } = await call({ query })
      expect(body.errors).toHaveLength(1)
      expect(body.errors?.[0].extensions).not.toHaveProperty('resourceMetadata')
    }
  })

  it.each([
    ['{ down a: down }', null],
    ['{ bug a: bug }', null],
    ['{ fine down }', { fine: expect.anything(), down: null }],
    ['{ forbidden }', { forbidden: null }],
  ])('answers data that is null as a whole with a failure alone: %s', async (query, data) => {
    const { body } = await call({ query })
    expect(body.data).toEqual(data)
  })

  it('says when to come back after an outage', async () => {
    expect((await call({ query: '{ down }' })).headers.get('retry-after')).toBe('1')
  })

  it('does not after a mutation that may have been made: a program must not repeat it by itself', async () => {
    const { status, headers, body } = await call({ query: 'mutation { lost }' })
    expect([status, headers.has('retry-after')]).toEqual([503, false])
    expect(body.errors?.[0].extensions).not.toHaveProperty('remedy')
    const beside = await call({ query: 'mutation { lost again: lost }' })
    expect(beside.headers.has('retry-after')).toBe(false)
  })
})

describe('an operation that is refused as a whole', () => {
  /** Introspection behind this rule is refused before anything runs. */
  async function refused(introspection: Rule, principal: Principal) {
    const challenge = (error: AppError) =>
      challengeOf(error, { metadataUrl: identity.metadataUrl, proofAlgorithms: [] })
    const admission = createMeasuredAdmission({ cost: costLimit, introspection })
    const { server } = createServer([], undefined, { admission, identity: { ...identity, challenge } })
    await server.start()
    const { status, headers } = await callOn(server, { query: '{ __schema { types { name } } }' }, json, {}, principal)
    return [status, headers.get('www-authenticate')]
  }
  const metadata = `resource_metadata="${identity.metadataUrl}"`

  it('for its scopes says which to request', async () => {
    const header = `Bearer error="insufficient_scope", scope="notes:audit", ${metadata}`
    expect(await refused(has('notes:audit'), sampleUser())).toEqual([403, header])
  })

  it('for a group has no challenge: no scope would help', async () => {
    expect(await refused(inGroup('cognito:staff'), sampleUser())).toEqual([403, undefined])
  })
})

describe('a field that fails beside others', () => {
  it('has neither of the headers: the response is a success', async () => {
    const { status = 200, headers } = await call({ query: '{ fine remediable down }' })
    expect([status, headers.get('www-authenticate'), headers.get('retry-after')]).toEqual([200, undefined, undefined])
  })
})
