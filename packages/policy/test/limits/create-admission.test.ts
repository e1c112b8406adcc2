import { anonymous } from '@fieldnotes/core/principal'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createAdmission, createMeasuredAdmission } from '../../src/limits/create-admission.ts'
import { limitsDefault } from '../../src/limits/document-limits.ts'
import { deny, signedIn } from '../../src/rules.ts'
import { alice, createShop } from '../shop.ts'
import { coded, thrownBy } from '../thrown.ts'

const schema = createShop()
const cost = { costMax: 20 }

describe('the admission of an operation', () => {
  const admit = createAdmission({ cost, introspection: signedIn })
  const introspection = parse('{ __schema { queryType { name } } }')

  it('accepts a small operation without introspection', () => {
    expect(() => admit({ schema, document: parse('{ me }') }, anonymous)).not.toThrow()
  })

  it('returns the cost with the variables of the request, the second time too', () => {
    const wide = createMeasuredAdmission({ cost: { costMax: 1000 }, introspection: signedIn })
    const document = parse('query a { me } query b { things { count } }')
    for (const _ of [1, 2]) {
      expect(wide({ schema, document: parse('{ __typename }') }, anonymous)).toBe(1)
      expect(wide({ schema, document, operationName: 'a' }, alice)).toBe(1)
      expect(wide({ schema, document }, alice)).toBe(wide({ schema, document, operationName: 'b' }, alice))
    }
    expect(wide({ schema, document, operationName: 'b' }, alice)).toBeGreaterThan(1)
  })

  it('refuses what is too large, the second time too', () => {
    const document = parse(`{ ${'me '.repeat(21)} }`)
    for (const _ of [1, 2]) expect(() => admit({ schema, document }, alice)).toThrow(coded('LIMIT_EXCEEDED'))
  })

  it('measures by the configured limits', () => {
    const narrow = createAdmission({ cost, introspection: deny, limits: { ...limitsDefault, depth: 1 } })
    expect(() => narrow({ schema, document: parse('{ things { count } }') }, alice)).toThrow(
      coded('LIMIT_EXCEEDED', {
        extensions: { code: 'LIMIT_EXCEEDED', limit: 'depth', max: 1, http: { status: 400, spec: false } },
      }),
    )
  })

  it('refuses what costs too much with its variables', () => {
    const document = parse('query($id: ID!) { things { things { id ... on Order { total } } } order(id: $id) { id } }')
    expect(() => admit({ schema, document, variables: { id: 1 } }, alice)).toThrow(coded('LIMIT_EXCEEDED'))
  })

  it('judges introspection for each caller', () => {
    for (const _ of [1, 2]) {
      expect(() => admit({ schema, document: introspection }, alice)).not.toThrow()
      expect(() => admit({ schema, document: introspection }, anonymous)).toThrow(coded('UNAUTHENTICATED'))
    }
  })

  describe('of several operations', () => {
    const document = parse(
      'query cheap { me } query costly { things { things { id ... on Order { total } } } order(id: 1) { id } }',
    )
    const introspecting = parse('query cheap { me } query other { __schema { queryType { name } } }')

    it('judges the named one', () => {
      expect(() => admit({ schema, document, operationName: 'cheap' }, alice)).not.toThrow()
      expect(() => admit({ schema, document, operationName: 'costly' }, alice)).toThrow(coded('LIMIT_EXCEEDED'))
    })

    it.each([undefined, null])('judges each for a server that does not know the name: %s', (operationName) => {
      expect(() => admit({ schema, document, operationName }, alice)).toThrow(coded('LIMIT_EXCEEDED'))
      expect(() => admit({ schema, document: introspecting, operationName }, alice)).not.toThrow()
      expect(() => admit({ schema, document: introspecting, operationName }, anonymous)).toThrow(
        coded('UNAUTHENTICATED', {
          extensions: { remedy: { kind: 'SIGN_IN' }, code: 'UNAUTHENTICATED', http: { status: 401, spec: false } },
        }),
      )
    })
  })

  it.each([undefined, null, 'alice', { id: 'alice' }])('masks a missing principal as INTERNAL: %j', (principal) => {
    const act = () => admit({ schema, document: parse('{ me }') }, principal as never)
    expect(act).toThrow(coded('INTERNAL', { message: 'Something went wrong on our side.' }))
    expect(thrownBy(act)).toMatchObject({ reason: expect.stringContaining('return `{ principal }`') })
  })
})

describe('options of the admission', () => {
  const right = { cost, introspection: deny }
  const wrong: readonly (readonly [options: unknown, problem: string])[] = [
    [undefined, 'createAdmission is missing: pass an object.'],
    [null, 'createAdmission is not an object.'],
    [{ cost }, 'createAdmission.introspection: undefined is not a rule: import rules from @fieldnotes/policy/rules.'],
    [{ cost, introspection: () => true }, 'createAdmission.introspection: a bare function is not a rule: import'],
    [{ introspection: deny }, 'createAdmission.cost is missing: pass an object.'],
    [{ ...right, cost: 20 }, 'createAdmission.cost is not an object.'],
    [{ ...right, cost: {} }, 'createAdmission.cost.costMax is missing: pass a number from 0 on.'],
    [{ ...right, cost: { costMax: '20' } }, 'createAdmission.cost.costMax is not a number from 0 on.'],
    [{ ...right, cost: { costMax: Number.NaN } }, 'createAdmission.cost.costMax is not a number from 0 on.'],
    [{ ...right, cost: { costMax: 1, listSize: null } }, 'createAdmission.cost.listSize is not a number from 0 on.'],
    [{ ...right, cost: { costMax: 1, listSizes: { 'A.b': -1 } } }, "cost.listSizes['A.b'] is not a number from 0 on."],
    [{ ...right, cost: { costMax: 1, sizeArguments: 'first' } }, 'cost.sizeArguments is not a list of texts.'],
    [{ ...right, limits: { depth: 5 } }, 'createAdmission.limits.breadth is missing: pass a number from 0 on.'],
    [{ ...right, inputs: { values: 5 } }, 'createAdmission.inputs.characters is missing: pass a number from 0 on.'],
    [{ ...right, introspect: deny }, 'createAdmission.introspect is not an option. The options are limits, cost,'],
  ]
  it.each(wrong)('are refused when they are %j', (options, problem) => {
    expect(() => createAdmission(options as never)).toThrow(problem)
  })

  it('are all listed in one error', () => {
    expect(() => createAdmission({ cost: {}, inputs: 1 } as never)).toThrow(
      expect.objectContaining({
        name: 'PolicyError',
        problems: [expect.anything(), expect.anything(), expect.anything()],
      }),
    )
  })

  it.each([right, { ...right, limits: undefined, inputs: undefined }, { ...right, cost: { costMax: Infinity } }])(
    'are accepted when they are right',
    (options) => {
      expect(() => createAdmission(options as never)).not.toThrow()
    },
  )
})
