/**
 * The matrix is computed from the rules alone. Here it is compared with the compiled rule, over all possible objects.
 */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import fc, { type Arbitrary } from 'fast-check'
import { buildSchema, execute, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../src/matrix/matrix.ts'
import { createPolicy } from '../../src/policy.ts'
import {
  allow,
  and,
  caller,
  chain,
  deny,
  not,
  notFound,
  object,
  or,
  type Rule,
  race,
  signedIn,
} from '../../src/rules.ts'
import { alice, machine } from '../shop.ts'

/** What each object leaf answers: the whole of the object. */
type Answers = Readonly<Record<'first' | 'second' | 'third', boolean | 'throws'>>

function looking(name: keyof Answers): Rule {
  return object<Answers>(name, (_principal, answers) => {
    const answer = answers[name]
    if (answer === 'throws') throw new Error('the object is broken')
    return answer
  })
}

const throwing = caller('throwing', () => {
  throw new Error('the caller is broken')
})
const objects = [looking('first'), looking('second'), looking('third')]
const callers = [
  signedIn,
  caller('refusing', () => false),
  throwing,
  caller('promising', () => Promise.resolve(true) as never),
  caller('rejecting', () => Promise.reject(new Error('late')) as never),
]

const { tree } = fc.letrec<{ tree: Rule }>((tie) => {
  const one = tie('tree') as Arbitrary<Rule>
  const some = fc.array(one, { minLength: 1, maxLength: 3 })
  const rows = [and, or, chain, race].map((word) => some.map((rules) => word(...rules)))
  const leaves = [objects, [allow, deny], callers].map((each) => fc.constantFrom<Rule>(...each))
  const nested = [...rows, one.map((rule) => not(rule)), one.map(notFound)]
  return { tree: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, ...leaves, ...nested) }
})

const schema = buildSchema('type Query { it: Int }')
const document = parse('{ it }')

function every(values: readonly Answers['first'][]): readonly Answers[] {
  return values.flatMap((first) => values.flatMap((second) => values.map((third) => ({ first, second, third }))))
}

/** What the compiled rule answers: `allowed`, or the code of its refusal. */
function outcomeOf(compiled: GraphQLSchema, principal: Principal, answers: Answers): string {
  const rootValue = { ...answers, it: 1 }
  const result = execute({ schema: compiled, document, rootValue, contextValue: { principal } })
  if (result instanceof Promise || !result.errors) return 'allowed'
  const [error] = result.errors
  return String(error?.extensions.code ?? error)
}

function compiledAndCell(rule: Rule, principal: Principal) {
  const table = { Query: { it: rule } }
  const policy = createPolicy<{ Query: { it: number } }>(schema, table)
  const cell = matrixOf<{ Query: { it: number } }>(schema, table, { principal }).rows[0]?.cells.principal
  return { compiled: [policy.schema, policy.schemaFor(principal)], cell }
}

const principals = fc.constantFrom<Principal>(anonymous, alice, machine([]))

describe('a cell of the matrix, for generated rules', () => {
  it('says exactly what the compiled rule decides, over all objects', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(tree, principals, (rule, principal) => {
        const { compiled, cell } = compiledAndCell(rule, principal)
        for (const each of compiled) {
          const outcomes = new Set(every([false, true]).map((answers) => outcomeOf(each, principal, answers)))
          const codes = [...outcomes].filter((outcome) => outcome !== 'allowed').sort()
          if (!outcomes.has('allowed')) expect(cell).toEqual({ verdict: 'deny', codes })
          else if (codes.length === 0) expect(cell).toEqual({ verdict: 'allow' })
          else expect(cell).toEqual({ verdict: 'depends', on: expect.any(String) })
          seen.add(outcomes.has('allowed') ? String(cell?.verdict) : codes.join())
        }
      }),
      { numRuns: 1000 },
    )
    const met = [
      'allow',
      'depends',
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'UNAVAILABLE',
      'FORBIDDEN,UNAVAILABLE',
    ]
    expect([...seen]).toEqual(expect.arrayContaining(met))
  })

  it('is wrong about an object that breaks a rule only in that the rule is closed', () => {
    fc.assert(
      fc.property(tree, principals, fc.constantFrom(...every([false, true, 'throws'])), (rule, principal, answers) => {
        const { compiled, cell } = compiledAndCell(rule, principal)
        for (const each of compiled) {
          const outcome = outcomeOf(each, principal, answers)
          if (outcome === 'UNAVAILABLE' || cell?.verdict === 'depends') continue
          expect(cell?.verdict === 'deny' ? cell.codes : ['allowed']).toContain(outcome)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
