import { anonymous } from '@fieldnotes/core/principal'
import { execute } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPreparation } from '../../src/limits/create-preparation.ts'
import { createPolicy } from '../../src/policy.ts'
import { signedIn } from '../../src/rules.ts'
import { alice, createShop, shopRules } from '../shop.ts'
import { many } from './large-documents.ts'

const { schema } = createPolicy(createShop(), shopRules)
const prepare = createPreparation(schema, { cost: { costMax: 50 }, introspection: signedIn })

/** What a client would receive. */
function responseOf(request: unknown, contextValue: object = { principal: alice }) {
  const { status, errors = [] } = prepare(request, contextValue as never)
  return { status, errors: errors.map((error) => JSON.parse(JSON.stringify(error))) }
}

describe('the preparation of a request', () => {
  it('returns the arguments of execute', async () => {
    const query = 'query one { me } query two($id: ID!) { order(id: $id) { id } }'
    const request = { query, operationName: 'two', variables: { id: 'o0' } }
    const { status, args } = prepare(request, { principal: alice })
    expect(status).toBe(200)
    expect(args && (await execute(args))).toEqual({ data: { order: { id: 'o0' } } })
  })

  it.each([{ query: '{ me }' }, { query: '{ me }', operationName: null, variables: null }])('accepts %j', (request) => {
    expect(responseOf(request)).toEqual({ status: 200, errors: [] })
  })

  const members: readonly (readonly [request: unknown, message: string])[] = [
    [undefined, 'The request must be an object.'],
    [null, 'The request must be an object.'],
    ['{ me }', 'The request must be an object.'],
    [[], '`query` must be a text that is not empty.'],
    [{}, '`query` must be a text that is not empty.'],
    [{ query: '' }, '`query` must be a text that is not empty.'],
    [{ query: ['{ me }'] }, '`query` must be a text that is not empty.'],
    [{ query: '{ me }', operationName: 7 }, '`operationName` must be a text.'],
    [{ query: '{ me }', variables: 'secret' }, '`variables` must be an object.'],
    [{ query: '{ me }', variables: ['secret'] }, '`variables` must be an object.'],
  ]
  it.each(members)('refuses the wrong member of %j', (request, message) => {
    expect(responseOf(request)).toEqual({ status: 400, errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] })
  })

  const refused: readonly (readonly [what: string, query: string, status: number, code: string | undefined])[] = [
    ['a syntax error', '{ me', 400, undefined],
    ['an unknown field', '{ none }', 400, undefined],
    ['a text that is too long', `{ me } #${'x'.repeat(50_000)}`, 400, 'LIMIT_EXCEEDED'],
    ['too many tokens', `{ ${'me '.repeat(2001)} }`, 400, 'LIMIT_EXCEEDED'],
    ['too many fields', `{ ${many(21, (at) => `a${at}: me`)} }`, 400, 'LIMIT_EXCEEDED'],
    [
      'too high a cost',
      '{ things { things { id ... on Order { total margin parcel { id street } } } } }',
      400,
      'LIMIT_EXCEEDED',
    ],
    ['introspection', '{ __schema { queryType { name } } }', 401, 'UNAUTHENTICATED'],
  ]
  it.each(refused)('refuses %s', (_what, query, status, code) => {
    const { errors, ...response } = responseOf({ query }, { principal: anonymous })
    expect(response).toEqual({ status })
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual([code])
    expect(JSON.stringify(errors)).not.toContain('http')
  })

  it('returns at most ten errors of validation', () => {
    // graphql-js adds one that says so.
    expect(responseOf({ query: `{ ${many(15, (at) => `none${at}`)} }` }).errors).toHaveLength(11)
  })

  it.each([undefined, null, 'alice', { id: 'alice' }])('masks a context without a principal: %j', (principal) => {
    const error = { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } }
    expect(responseOf({ query: '{ me }' }, { principal })).toEqual({ status: 500, errors: [error] })
    expect(prepare({ query: '{ me }' }, undefined as never).status).toBe(500)
  })

  it('does not start with a wrong option', () => {
    expect(() => createPreparation(schema, { cost: { costMax: 5 } } as never)).toThrow('createAdmission.introspection')
  })
})
