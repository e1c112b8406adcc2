import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { argument } from '../../src/rule/argument.ts'
import {
  allow,
  and,
  anyone,
  caller,
  chain,
  deny,
  family,
  has,
  not,
  object,
  or,
  race,
  signedIn,
} from '../../src/rules.ts'
import { inputRule, rule } from '../kit/graphql-shield.ts'

const schema = buildSchema(`
  interface Node { id: ID! }
  type Note implements Node { id: ID! text: String must: String! }
  union Hit = Note
  enum Color { RED }
  input Filter { tag: String or: [Filter!] }
  type Query { note(id: ID!, filter: Filter): Note hit: Hit }
  type Payload { note: Note ok: Boolean }
  type Mutation { save: Payload }
`)

const open = {
  Query: { note: allow, hit: allow },
  Note: { id: allow, text: allow, must: allow },
  Mutation: { save: anyone },
  Payload: { note: allow, ok: allow },
}

function start(table: unknown) {
  return () => createPolicy(schema, table as Parameters<typeof createPolicy>[1])
}

function at(text: unknown) {
  return { ...open, Note: { ...open.Note, text } }
}

function raw(options: object) {
  return rule('raw', options)((parent: { owner: string }) => parent.owner === 'me')
}

const refused: readonly [string, unknown, string][] = [
  ['a field without a rule', { ...open, Note: { id: allow, must: allow } }, 'Note.text has no rule'],
  [
    'a type without rules',
    { Query: open.Query, Mutation: open.Mutation, Payload: open.Payload },
    'Note.must has no rule',
  ],
  [
    'a field that the schema lacks',
    { ...open, Note: { ...open.Note, txet: allow } },
    'Note.txet is in the table but not in the schema',
  ],
  ['a wildcard', { ...open, Note: { '*': deny } }, 'Note.* is in the table but not in the schema'],
  ['a type that the schema lacks', { ...open, Nope: { id: allow } }, 'Nope is in the table but not in the schema'],
  ['a rule on an interface', { ...open, Node: { id: deny } }, 'Node is an interface or union'],
  ['a rule on a union', { ...open, Hit: deny }, 'Hit is an interface or union'],
  ['a rule on an enum', { ...open, Color: deny }, 'Color has no fields to decide'],
  ['a rule on an input', { ...open, Filter: { tag: deny } }, 'Filter has no fields to decide'],
  ['a rule on introspection', { ...open, __Schema: { types: deny } }, '__Schema has no fields to decide'],
  ['one rule for a whole type', { ...open, Note: deny }, 'Note needs one rule for each field'],
  ['null in the place of a type', { ...open, Note: null }, 'Note needs one rule for each field'],
  ['undefined in the place of a type', { ...open, Note: undefined }, 'Note needs one rule for each field'],
  ['a rule from the prototype', { ...open, Note: Object.create(open.Note) }, 'Note needs one rule for each field'],
  [
    'a refusable field that is non-null',
    { ...open, Note: { ...open.Note, must: signedIn } },
    'Note.must can be refused but is String!',
  ],
  [
    'a denied field that is non-null',
    { ...open, Note: { ...open.Note, must: deny } },
    'Note.must can be refused but is String!',
  ],
  [
    'a non-null field that can only be undecided',
    { ...open, Note: { ...open.Note, must: or(signedIn, allow) } },
    'Note.must can be refused',
  ],
  [
    'a mutation guarded by its payload',
    { ...open, Mutation: { save: allow }, Payload: { ...open.Payload, ok: signedIn } },
    'Mutation.save is `allow`, but Payload.ok in its payload has a rule',
  ],
  [
    'a mutation guarded deep in its payload',
    { ...open, Mutation: { save: and(allow, allow) }, Note: { ...open.Note, text: signedIn } },
    'Mutation.save is `allow`, but Note.text in its payload',
  ],
  ['an async rule', at(rule('late')(async () => true)), 'rule "late" is asynchronous'],
  ['a generator rule', at(rule('many')(function* () {} as never)), 'rule "many" is asynchronous'],
  [
    'an async rule deep in a tree',
    at(and(signedIn, or(not(rule('late')(async () => true))))),
    'Note.text: rule "late" is asynchronous',
  ],
  ['a contextual cache that sees the object', at(raw({ cache: 'contextual' })), 'is cached for the whole request'],
  ['a strict cache', at(raw({ cache: 'strict' })), 'has a cache that can answer for another object'],
  ['a cache of its own making', at(raw({ cache: () => 'key' })), 'has a cache that can answer for another object'],
  ['the cache true', at(raw({ cache: true })), 'has a cache that can answer for another object'],
  ['a fragment', at(raw({ fragment: 'fragment f on Note { id }' })), 'declares a fragment'],
  ['a rule without a name', at(rule()(() => true)), 'has no name'],
  ['an input rule', at(inputRule('input')((yup) => yup.object())), 'an object of class InputRule is not a rule'],
  ['a bare function', at(() => true), 'a bare function is not a rule'],
  ['a look-alike', at({ rules: [], resolve: () => true }), 'an object of class Object is not a rule'],
  ['an object without a class', at(Object.create(null)), 'an object of class unknown is not a rule'],
  ['true', at(true), 'Note.text: true is not a rule'],
  ['null', at(null), 'Note.text: null is not a rule'],
  ['undefined within a tree', at(and(signedIn, undefined as never)), 'undefined is not a rule'],
  ['and() of nothing', at(and()), 'and() of nothing decides nothing'],
  ['chain() of nothing', at(chain()), 'chain() of nothing'],
  ['or() of nothing', at(or()), 'or() of nothing'],
  ['race() of nothing', at(race()), 'race() of nothing'],
  ['not() with an error', at(not(signedIn, 'words')), 'not() with an error of its own'],
  [
    'two rules of one name',
    { ...open, Query: { note: caller('x', () => true), hit: caller('x', () => false) } },
    'Two rules are called "x"',
  ],
  [
    'a guard on an unknown argument',
    { ...open, Query: { ...open.Query, note: argument('filter.gat', signedIn) } },
    'Query.note has no argument filter.gat',
  ],
  [
    'a guard below a scalar argument',
    { ...open, Query: { ...open.Query, note: argument('id.x', signedIn) } },
    'Query.note has no argument id.x',
  ],
]

describe('a builder', () => {
  const late = (async () => true) as never
  it.each([
    ['caller', () => caller('late', late)],
    ['object', () => object('late', late)],
  ])('refuses an asynchronous rule: %s', (_name, build) => {
    expect(build).toThrow('rule "late" is asynchronous')
  })
})

describe('a table of rules', () => {
  it('starts when every field is decided', () => {
    expect(start(open)).not.toThrow()
  })

  it.each(refused)('refuses %s', (_name, table, words) => {
    expect(start(table)).toThrow(words)
  })

  it('names every problem at once', () => {
    const problems = [
      'Nope is in the table but not in the schema: remove it or mend the spelling.',
      'Note.text has no rule: add one to the table, or `deny`.',
      'Note.must has no rule: add one to the table, or `deny`.',
    ]
    const message = `The policy can't start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`
    const refusal = expect.objectContaining({ name: 'PolicyError', problems, message })
    expect(start({ ...open, Note: { id: allow }, Nope: {} })).toThrow(refusal)
  })

  it('leaves a bug what it is', () => {
    const poisoned = Object.defineProperty(and(signedIn), 'rules', {
      enumerable: true,
      get: () => {
        throw new TypeError('a bug')
      },
    })
    expect(start(at(poisoned))).toThrow(expect.objectContaining({ name: 'TypeError', message: 'a bug' }))
  })

  it('looks for guards below a mutation also where types contain themselves', () => {
    const circular = buildSchema(
      'type Query { a: A } type Mutation { save: A } type A { a: A list: [B] } type B { a: A secret: Int }',
    )
    const A = { a: allow, list: allow }
    const guarded = { Query: { a: allow }, Mutation: { save: allow }, A, B: { a: allow, secret: signedIn } }
    const words = 'Mutation.save is `allow`, but B.secret in its payload'
    expect(() => createPolicy(circular, guarded as never)).toThrow(words)
    const opened = { ...guarded, B: { a: allow, secret: allow } }
    expect(() => createPolicy(circular, opened as never)).not.toThrow()
  })

  it('takes one rule in many places, and one of a family', () => {
    const plain = rule('version 10.5')(() => true)
    const word = family((name) => object(name, () => true))
    const tables = [plain, has('a'), word('b'), argument('filter.tag', signedIn), argument('filter.or.tag', signedIn)]
    for (const one of tables.slice(0, 3)) expect(start({ ...open, Query: { note: one, hit: one } })).not.toThrow()
    for (const one of tables.slice(3)) expect(start({ ...open, Query: { ...open.Query, note: one } })).not.toThrow()
    expect(has('a')).toBe(has('a'))
  })

  it('accepts a mutation that is open to every caller with `anyone`, or without rules in its payload', () => {
    expect(start({ ...open, Mutation: { save: allow } })).not.toThrow()
    expect(start({ ...open, Note: { ...open.Note, text: signedIn } })).not.toThrow()
  })
})
