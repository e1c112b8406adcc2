import { anonymous } from '@fieldnotes/core/principal'
import { buildSchema, execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import {
  allow,
  and,
  caller,
  chain,
  deny,
  firstParty,
  not,
  notFound,
  object,
  or,
  person,
  type Rule,
  race,
  signedIn,
} from '../../src/rules.ts'
import { rule } from '../kit/shield-library.ts'
import { alice, bob, machine, mine } from '../shop.ts'

function decide(one: Rule, principal: typeof alice | typeof anonymous = bob, parent: unknown = { buyer: 'alice' }) {
  const schema = buildSchema('type Query { it: Int }')
  return createPolicy<{ Query: { it: number } }>(schema, { Query: { it: one } }).decide(principal, 'Query.it', parent)
}

const broken = object('broken', () => {
  throw new Error('gone')
})
const yes = caller('yes', () => true)
const no = caller('no', () => false)

function forbidden(leaf: string, missing: readonly string[] = [leaf]) {
  return {
    allowed: false,
    code: 'FORBIDDEN',
    leaf,
    missing,
  }
}
function allowed(leaf: string) {
  return { allowed: true, leaf }
}

describe('a decision', () => {
  const rows: readonly [string, Rule, object][] = [
    ['allow', allow, allowed('allow')],
    ['deny', deny, forbidden('deny', [])],
    ['and', and(yes, mine, no), forbidden('mine')],
    ['chain', chain(yes, no, broken), forbidden('no')],
    ['and that allows', and(yes, not(no)), allowed('yes & not (no)')],
    ['or', or(no, mine), forbidden('no | mine', ['no', 'mine'])],
    ['or that allows', or(no, yes, broken), allowed('yes')],
    ['race', race(no, and(yes, mine)), forbidden('no | mine', ['no', 'mine'])],
    ['not', not(yes), forbidden('not (yes)')],
    ['not of alternatives', not(or(no, mine)), allowed('not (no | mine)')],
    ['a rule of graphql-shield itself', rule('raw')(() => 'blocked'), forbidden('raw')],
    ['what is true but not true', rule('truthy')(() => 1 as never), forbidden('truthy')],
    ['a rule that answers nothing', rule('silent')(() => undefined as never), forbidden('silent')],
    ['a rule that answers null', rule('null')(() => null as never), forbidden('null')],
    ['hidden alternatives', or(notFound(mine), no), { ...forbidden('mine | no', ['mine', 'no']), code: 'NOT_FOUND' }],
    ['a plain refusal before a hidden one', and(no, notFound(mine)), forbidden('no')],
    ['a hidden rule that allows', notFound(yes), allowed('yes')],
    ['not of a hidden refusal', not(notFound(no)), allowed('not (no)')],
  ]
  it.each(rows)('names what decided in %s', (_name, one, expected) => {
    expect(decide(one)).toEqual(expected)
  })

  it.each([...rows, ['three open', and(yes, mine, mine), forbidden('mine')] as const])(
    'is the same when judged fast: %s',
    (_name, one, expected) => {
      const schema = buildSchema('type Query { it: Int }')
      const { judge, ...policy } = createPolicy<{ Query: { it: number } }>(schema, { Query: { it: one } })
      const ours = 'allowed' in expected && expected.allowed
      expect(judge(one, { principal: bob }, { buyer: 'alice' })).toBe(ours)
      for (const each of [policy.schema, policy.schemaFor(bob)]) {
        const rootValue = { buyer: 'alice', it: 1 }
        expect(
          execute({ schema: each, document: parse('{ it }'), rootValue, contextValue: { principal: bob } }),
        ).toMatchObject({ data: { it: ours ? 1 : null } })
      }
    },
  )

  const undecided = {
    allowed: false,
    code: 'UNAVAILABLE',
    leaf: 'broken',
    missing: [],
    cause: new Error('gone'),
    remedy: { kind: 'RETRY', after: 1 },
  }
  it.each([
    ['alone', broken],
    ['in and', and(yes, broken, no)],
    ['in or', or(no, broken, yes)],
    ['under not', not(broken)],
    ['when hidden', notFound(broken)],
  ])('is no refusal when a rule throws %s', (_name, one) => {
    expect(decide(one)).toEqual(undecided)
    expect(decide(one, anonymous)).toEqual(undecided)
  })

  it('is UNAUTHENTICATED for the anonymous caller, and NOT_FOUND where the object is hidden', () => {
    expect(decide(mine, anonymous)).toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(decide(notFound(mine), anonymous)).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('distinguishes users, services and the anonymous caller', () => {
    const kinds = [alice, machine([]), anonymous]
    expect(kinds.map((kind) => decide(person, kind as typeof alice).allowed)).toEqual([true, false, false])
    expect(kinds.map((kind) => decide(signedIn, kind as typeof alice).allowed)).toEqual([true, true, false])
  })

  it('distinguishes the product’s own clients from those of third parties', () => {
    const kinds = [alice, machine([]), { ...alice, thirdParty: true }, { ...machine([]), thirdParty: true }, anonymous]
    expect(kinds.map((kind) => decide(firstParty, kind as typeof alice).allowed)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(decide(firstParty, { ...alice, thirdParty: true })).toEqual(forbidden('first party'))
    expect(decide(firstParty, anonymous)).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('takes a principal that does not say whose client it has for a third party’s', () => {
    const { thirdParty: _unsaid, ...unsaid } = alice
    for (const thirdParty of [undefined, null, 0, '', 'false'])
      expect(decide(firstParty, { ...unsaid, thirdParty } as never).allowed).toBe(false)
  })
})

describe('the compiled schema', () => {
  const schema = buildSchema('type Query { plain: Int computed(x: Int): Int inner: Inner } type Inner { value: Int }')
  const table = { Query: { plain: signedIn, computed: signedIn, inner: signedIn }, Inner: { value: mine } }
  const run = (rootValue: unknown, source: string) =>
    execute({
      schema: createPolicy(schema, table as never).schema,
      document: parse(source),
      rootValue,
      contextValue: { principal: alice },
    })

  it('evaluates a rule of graphql-shield for each field, since it may read the arguments', () => {
    const small = rule('small')((_parent, { x }) => x < 2)
    const types = buildSchema('type Query { inner: Inner } type Inner { value(x: Int): Int }')
    const policy = createPolicy(types, { Query: { inner: allow }, Inner: { value: small } } as never)
    const document = parse('{ inner { a: value(x: 1) b: value(x: 2) } }')
    const answer = execute({
      schema: policy.schema,
      document,
      rootValue: { inner: { value: 7 } },
      contextValue: { principal: alice },
    })
    expect(answer).toMatchObject({ data: { inner: { a: 7, b: null } } })
  })

  it('reads properties as graphql-js does, methods with their own this', () => {
    const root = {
      plain: 1,
      base: 40,
      computed({ x }: { x: number }) {
        return this.base + x
      },
    }
    expect(run(root, '{ plain computed(x: 2) }')).toEqual({ data: { plain: 1, computed: 42 } })
  })

  it('reads properties of a function too', () => {
    expect(
      run(
        Object.assign(() => {}, { plain: 5 }),
        '{ plain }',
      ),
    ).toEqual({ data: { plain: 5 } })
  })

  it('answers null where there is no parent to read from', () => {
    for (const root of [undefined, null, 7]) expect(run(root, '{ plain }')).toEqual({ data: { plain: null } })
  })

  it('evaluates a rule for each object, and for each path of one object', () => {
    const inner = { buyer: 'alice', value: 1 }
    expect(run({ inner }, '{ inner { value } again: inner { value } }')).toEqual({
      data: { inner: { value: 1 }, again: { value: 1 } },
    })
    inner.buyer = 'bob'
    expect(run({ inner }, '{ inner { value } }')).toMatchObject({ data: { inner: { value: null } } })
  })
})
