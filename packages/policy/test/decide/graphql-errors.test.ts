import { inspect } from 'node:util'
import { AppError } from '@fieldnotes/core/error'
import { execute, GraphQLError, graphql, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import {
  appErrorIn,
  fieldError,
  refusalError,
  refusalIn,
  refusedFieldIn,
  refusedRequest,
  requestError,
  responseError,
} from '../../src/decide/graphql-errors.ts'
import { createEngine } from '../../src/execute/graphql-engine.ts'
import { explaining } from '../../src/explain/explaining-schema.ts'
import { limitExceeded } from '../../src/limits/document-limits.ts'
import { createPolicy } from '../../src/policy.ts'
import { bob, createShop, shopRules } from '../shop.ts'

const source = '{ order(id: "o0") {\n id alias: total parcel { street } } stats }'
function shop() {
  return createPolicy(createShop(), shopRules)
}

function argsOf(schema: GraphQLSchemaOf) {
  return { schema, document: parse(source), contextValue: { principal: bob } }
}

type GraphQLSchemaOf = ReturnType<typeof shop>['schema']

/** Every property of an error, also those that are not enumerable; without the stack. */
function fieldsOf(error: GraphQLError) {
  const names = Object.getOwnPropertyNames(error).filter((name) => name !== 'stack')
  return Object.fromEntries(names.map((name) => [name, error[name as keyof GraphQLError]]))
}

describe('the error of a refused field', () => {
  const schemas: readonly [string, () => GraphQLSchemaOf][] = [
    ['the schema', () => shop().schema],
    ['the schema of a caller', () => shop().schemaFor(bob)],
    ['the explaining schema', () => explaining(createShop(), shopRules)],
  ]
  it.each(schemas)(
    'is a GraphQLError with its code, equal in every field under every executor: %s',
    async (_, make) => {
      const schema = make()
      const args = argsOf(schema)
      const plain = await execute(args)
      const planned = await createEngine().execute(args)
      const switched = await createEngine({ executor: 'graphql-js' }).execute(args)
      const errors = plain.errors ?? []
      expect(errors.length).toBeGreaterThan(1)
      for (const error of [...errors, ...(planned.errors ?? [])]) {
        expect(Object.getPrototypeOf(error)).toBe(GraphQLError.prototype)
        expect(error.originalError).toBeUndefined()
        expect(error.stack).not.toContain('\n')
      }
      for (const { errors: others } of [planned, switched]) expect(others?.map(fieldsOf)).toEqual(errors.map(fieldsOf))
    },
  )

  it('has message, locations, path and code, and no other member', async () => {
    const { errors } = await graphql({ schema: shop().schema, source, contextValue: { principal: bob } })
    expect(JSON.parse(JSON.stringify(errors))).toContainEqual({
      message: 'You may not do this.',
      locations: [{ line: 2, column: 5 }],
      path: ['order', 'alias'],
      extensions: { code: 'FORBIDDEN' },
    })
  })

  it('keeps the reason for the log where nothing prints it', async () => {
    const { errors = [] } = await graphql({ schema: shop().schema, source, contextValue: { principal: bob } })
    const reasons = errors.map((error) => appErrorIn(error)?.reason)
    expect(reasons).toContain('Order.total: mine | group shop:staff')
    for (const error of errors)
      for (const text of [JSON.stringify(error), inspect(error, { showHidden: true, depth: 9 }), String(error)])
        expect(text).not.toContain('mine')
  })
})

describe('what the log reads', () => {
  const refused = { allowed: false, code: 'UNAVAILABLE', leaf: 'mine', missing: [], cause: new Error('gone') } as const
  const field = { fieldNodes: [], path: { key: 'a', prev: undefined, typename: 'Query' } }

  it('is the code, the reason and the cause of a refusal, without a stack, and the same each time', () => {
    const error = refusalError('Order.total', refused, field)
    const found = appErrorIn(error)
    expect(found).toMatchObject({ code: 'UNAVAILABLE', reason: 'Order.total: mine', cause: refused.cause })
    expect(found?.stack).not.toContain('\n')
    expect(appErrorIn(error)).toBe(found)
    expect(refusalIn(error)).toBe(refused)
    expect(new Error('later').stack).toContain('\n')
  })

  it('is found behind the wrapping of an executor', () => {
    const error = refusalError('Order.total', refused, field)
    const wrapped = new GraphQLError('wrapped', { originalError: error })
    expect(appErrorIn(wrapped)).toBe(appErrorIn(error))
    expect(refusalIn(wrapped)).toBe(refused)
    expect(refusedFieldIn(wrapped)).toEqual({ coordinate: 'Order.total', refused })
  })

  it.each([[new Error('another')], [new GraphQLError('another')], ['text'], [undefined]])(
    'is nothing for an error of another origin: %s',
    (error) => {
      expect(appErrorIn(error)).toBeUndefined()
      expect(refusalIn(error)).toBeUndefined()
      expect(refusedFieldIn(error)).toBeUndefined()
    },
  )

  it('is the error that a limit, a request or a field failed with', () => {
    const error = limitExceeded('depth', 15, 16)
    expect(appErrorIn(requestError(error))).toBe(error)
    expect(requestError(error).extensions).toEqual({
      limit: 'depth',
      max: 15,
      code: 'LIMIT_EXCEEDED',
      http: { status: 400, spec: false },
    })
    expect(responseError(error).extensions).toEqual({ limit: 'depth', max: 15, code: 'LIMIT_EXCEEDED' })
    const internal = new AppError('INTERNAL', 'secret')
    expect(requestError(internal).toJSON()).toEqual({ message: internal.message, extensions: { code: 'INTERNAL' } })
    expect(appErrorIn(fieldError(internal, field))).toBe(internal)
  })
})

describe('the remedy of a refusal', () => {
  const remedy = { kind: 'SCOPES', scopes: [['orders:read']] } as const
  const field = { fieldNodes: [], path: { key: 'a', prev: undefined, typename: 'Query' } }
  const refused = { allowed: false, code: 'FORBIDDEN', leaf: 'mine', missing: [], remedy } as const

  it('is in the extensions, for any server, and in what the log reads', () => {
    for (const error of [refusalError('Order.total', refused, field), refusedRequest('Order.total', refused)]) {
      expect(error.toJSON().extensions).toEqual({ code: 'FORBIDDEN', remedy })
      expect(appErrorIn(error)).toMatchObject({ code: 'FORBIDDEN', remedy })
    }
  })

  it('of an error that is not a refusal is there too', () => {
    const error = new AppError('UNAVAILABLE', 'down', { remedy: { kind: 'RETRY', after: 1 } })
    for (const made of [fieldError(error, field), requestError(error), responseError(error)])
      expect(made.toJSON().extensions).toEqual({ code: 'UNAVAILABLE', remedy: { kind: 'RETRY', after: 1 } })
  })

  it('is never there when the object is hidden, whatever the decision carries', () => {
    const hidden = { ...refused, code: 'NOT_FOUND' } as never
    for (const error of [refusalError('Order.total', hidden, field), refusedRequest('Order.total', hidden)]) {
      expect(error.toJSON().extensions).toEqual({ code: 'NOT_FOUND' })
      expect(appErrorIn(error)?.remedy).toBeUndefined()
    }
  })
})
