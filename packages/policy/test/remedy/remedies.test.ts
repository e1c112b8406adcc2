/** Which remedy each refusal has. Each case that has one is beside its twin that must not. */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema, execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { explaining } from '../../src/explain/explaining-schema.ts'
import { assertIntrospection } from '../../src/limits/introspection.ts'
import { createPolicy } from '../../src/policy.ts'
import type { RemedyOptions } from '../../src/remedy/table-remedies.ts'
import { argument } from '../../src/rule/argument.ts'
import {
  allow,
  and,
  caller,
  chain,
  deny,
  firstParty,
  has,
  inGroup,
  not,
  notFound,
  object,
  or,
  person,
  type Rule,
  race,
  signedIn,
} from '../../src/rules.ts'
import { thrownBy } from '../thrown.ts'

interface Book {
  readonly by: string
  readonly lent?: string
}

const mine = object<Book>('mine', (principal, { by }) => principal.kind === 'user' && principal.id === by)
const lent = object<Book>('lent', (principal, { lent }) => principal.kind === 'user' && principal.id === lent)
const [read, write, audit] = [has('read'), has('write'), has('audit')]
const readable = and(read, or(mine, lent))
const broken = object('broken', () => {
  throw new Error('gone')
})

const types = buildSchema('type Query { book: Book } type Book { it(size: Int): Int role: String public: Int }')
const shown: RemedyOptions = { shownBy: { mine: 'Book.role', lent: 'Book.role' } }

function policyOf(it: Rule, remedies: RemedyOptions | false = shown) {
  const table = { Query: { book: allow }, Book: { it, role: readable, public: and(allow, or(allow, mine, lent)) } }
  return createPolicy(types, table, { remedies })
}

const own: Book = { by: 'ann' }
const foreign: Book = { by: 'bob' }

function ann(...scopes: string[]): Principal {
  return sampleUser({ id: 'ann', scopes: new Set(scopes), groups: new Set(['cognito:staff']) })
}

function remedyOf(rule: Rule, principal: Principal, book = own, remedies: RemedyOptions | false = shown): unknown {
  const decision = policyOf(rule, remedies).decide(principal, 'Book.it', book, { size: 1 })
  if (decision.allowed) throw new Error('it is allowed')
  return decision.remedy
}

function scopes(...sets: string[][]) {
  return { kind: 'SCOPES', scopes: sets }
}

describe('the scopes of a remedy', () => {
  const custom = caller('reads all', (each) => each.kind !== 'anonymous' && each.scopes.has('read'))
  const rows: readonly [string, Rule, unknown][] = [
    ['one scope', read, scopes(['read'])],
    ['all of and', and(read, write), scopes(['read', 'write'])],
    ['all of chain', chain(read, write), scopes(['read', 'write'])],
    ['one of or', or(read, write), scopes(['read'], ['write'])],
    ['one of race', race(read, write), scopes(['read'], ['write'])],
    ['the smallest first', or(and(read, write), audit), scopes(['audit'], ['read', 'write'])],
    ['no set that contains another', or(and(read, write), read), scopes(['read'])],
    ['every combination', and(or(read, write), audit), scopes(['read', 'audit'], ['write', 'audit'])],
    ['through not', not(and(not(read), not(write))), scopes(['read'], ['write'])],
    ['a person', and(person, read), scopes(['read'])],
    ['a group that the caller is in', and(inGroup('cognito:staff'), read), scopes(['read'])],
    ['a group beside an alternative', or(inGroup('cognito:admins'), read), scopes(['read'])],
    ['an argument that was given', argument('size', read), scopes(['read'])],
    ['a rule of another name that reads the same scope', and(custom, read), undefined],
    ['a group that is missing', and(inGroup('cognito:admins'), read), undefined],
    ['a group alone', inGroup('cognito:admins'), undefined],
    ['deny', and(read, deny), undefined],
    ['a scope that must be missing', and(read, not(read)), undefined],
    ['a rule that would throw', and(read, broken), undefined],
  ]
  it.each(rows)('are for %s', (_name, rule, expected) => {
    expect(remedyOf(rule, ann())).toEqual(expected)
  })

  it('are only those that the token lacks', () => {
    expect(remedyOf(and(read, write), ann('read'))).toEqual(scopes(['write']))
    expect(remedyOf(or(and(read, write), and(audit, deny)), ann('write'))).toEqual(scopes(['read']))
  })

  it('are not named to a caller whom no scope would help', () => {
    expect(remedyOf(and(person, read), sampleService())).toBeUndefined()
    expect(remedyOf(and(firstParty, read), sampleUser({ thirdParty: true }))).toBeUndefined()
    expect(remedyOf(and(firstParty, read), sampleUser())).toEqual(scopes(['read']))
  })

  it('end at 16 sets, the smallest ones', () => {
    const many = or(...Array.from({ length: 40 }, (_, index) => and(has(`a${index}`), has(`b${index}`))), read)
    const remedy = remedyOf(many, ann()) as { scopes: string[][] }
    expect(remedy.scopes).toHaveLength(16)
    expect(remedy.scopes[0]).toEqual(['read'])
  })
})

describe('facts about the object', () => {
  const guarded = and(readable, audit)

  it('let a remedy pass when the caller may read each of them on this object', () => {
    expect(remedyOf(guarded, ann('read'), own)).toEqual(scopes(['audit']))
    expect(remedyOf(guarded, ann('read'), { by: 'bob', lent: 'ann' })).toEqual(scopes(['audit']))
  })

  it('stop it when the caller may not, whatever they are', () => {
    for (const book of [own, foreign, { by: 'bob', lent: 'ann' }])
      for (const caller of [ann(), ann('write')]) expect(remedyOf(guarded, caller, book)).toBeUndefined()
    expect(remedyOf(guarded, ann('read'), foreign)).toBeUndefined()
  })

  it('stop it without a field that shows them', () => {
    expect(remedyOf(and(audit, mine), ann('read'), own, {})).toBeUndefined()
    expect(remedyOf(and(audit, mine), ann('read'), own, { shownBy: { mine: 'Book.public' } })).toEqual(
      scopes(['audit']),
    )
    expect(remedyOf(and(audit, mine, lent), ann('read'), own, { shownBy: { mine: 'Book.public' } })).toBeUndefined()
  })

  it('are those of this object, in a list of others', async () => {
    const listed = buildSchema('type Query { books: [Book] } type Book { it: Int role: String }')
    const table = { Query: { books: allow }, Book: { it: guarded, role: readable } }
    const { schemaFor, schema } = createPolicy(listed, table, { remedies: shown })
    const rootValue = { books: [own, foreign, own, { by: 'bob', lent: 'ann' }] }
    const caller = ann('read')
    for (const each of [schema, schemaFor(caller), explaining(listed, table, { remedies: shown })]) {
      const contextValue = Object.freeze({ principal: caller })
      const { errors = [] } = await execute({
        schema: each,
        document: parse('{ books { it } }'),
        rootValue,
        contextValue,
      })
      const found = errors.map(({ extensions }) => extensions.remedy)
      expect(found).toEqual([scopes(['audit']), undefined, scopes(['audit']), scopes(['audit'])])
    }
  })
})

describe('spelling', () => {
  const spell: NonNullable<RemedyOptions['spell']> = ({ issuer }, scope) => {
    if (issuer === 'coarse') return scope === 'audit' ? undefined : 'all'
    return issuer === 'slashed' ? `api/${scope}` : scope
  }
  function at(issuer: string, rule: Rule): unknown {
    return remedyOf(rule, sampleUser({ issuer }), own, { spell })
  }

  it('is added where the issuer has other names', () => {
    expect(at('plain', read)).toEqual(scopes(['read']))
    expect(at('slashed', or(read, write))).toEqual({
      ...scopes(['read'], ['write']),
      issuerScopes: [['api/read'], ['api/write']],
    })
    expect(at('coarse', and(read, write))).toEqual({ ...scopes(['read', 'write']), issuerScopes: [['all']] })
  })

  it('leaves out what the caller can not get', () => {
    expect(at('coarse', or(audit, read))).toEqual({ ...scopes(['read']), issuerScopes: [['all']] })
    expect(at('coarse', audit)).toBeUndefined()
  })
})

describe('other remedies', () => {
  it('are to sign in, for the anonymous caller, wherever a sign-in can help', () => {
    const helped = [read, signedIn, and(read, mine), inGroup('cognito:staff'), not(caller('locked', () => true))]
    for (const rule of helped) expect(remedyOf(rule, anonymous)).toEqual({ kind: 'SIGN_IN' })
    for (const rule of [deny, and(read, deny)]) expect(remedyOf(rule, anonymous)).toBeUndefined()
  })

  it('are to try again when a rule could not be evaluated', () => {
    expect(remedyOf(broken, ann())).toEqual({ kind: 'RETRY', after: 1 })
  })

  it('are none for NOT_FOUND, for any caller', () => {
    const hidden = [notFound(read), notFound(and(read, mine)), or(notFound(read), audit), and(notFound(read), audit)]
    for (const rule of hidden)
      for (const caller of [anonymous, ann(), ann('write'), sampleService()])
        expect(policyOf(rule).decide(caller, 'Book.it', own)).not.toHaveProperty('remedy')
  })

  it('are none at all when remedies are switched off', () => {
    for (const rule of [read, broken]) expect(remedyOf(rule, ann(), own, false)).toBeUndefined()
    expect(remedyOf(read, anonymous, own, false)).toBeUndefined()
  })

  it('are those of the rule of introspection, too', () => {
    const document = parse('{ __schema { queryType { name } } }')
    const refusal = (principal: Principal) => thrownBy(() => assertIntrospection(document, principal, and(read, write)))
    expect(refusal(ann('read'))).toMatchObject({ remedy: scopes(['write']) })
    expect(refusal(anonymous)).toMatchObject({ remedy: { kind: 'SIGN_IN' } })
  })
})

describe('options that do not start', () => {
  const rows: readonly [unknown, RegExp][] = [
    [{ shownBy: { unknown: 'Book.role' } }, /shownBy\['unknown'\] is no rule on an object of the table/],
    [{ shownBy: { 'scope read': 'Book.role' } }, /is no rule on an object/],
    [{ shownBy: { mine: 'Book.rule' } }, /names Book\.rule, which is not a field/],
    [{ shownBy: { mine: 'Book.__proto__' } }, /which is not a field/],
    [{ shownBy: { mine: 'role' } }, /which is not a field/],
    [{ shownBy: { mine: 'Book.it' } }, /names Book\.it, which has arguments/],
    [{ shownBy: { mine: 1 } }, /is not a text/],
    [{ spell: 'notes/' }, /spell is not a function/],
    [{ spelling: () => 'x' }, /spelling is not an option/],
    [null, /is not an object/],
  ]
  it.each(rows)('%j', (remedies, problem) => {
    expect(() => policyOf(and(read, mine), remedies as never)).toThrow(problem)
    const table = { Query: { book: allow }, Book: { it: mine, role: readable, public: allow } }
    expect(() => explaining(types, table, { remedies: remedies as never })).toThrow(problem)
  })
})
