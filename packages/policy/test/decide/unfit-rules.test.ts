import { describe, expect, it } from 'vitest'
import { and, caller, chain, not, object, or, race, signedIn } from '../../src/rules.ts'
import { inputRule, rule } from '../kit/shield-library.ts'
import { at, start } from './open-table.ts'

function raw(options: object) {
  return rule('raw', options)((parent: { owner: string }) => parent.owner === 'me')
}

const refused: readonly [string, unknown, string][] = [
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

describe('a table with an unfit rule', () => {
  it.each(refused)('refuses %s', (_name, table, words) => {
    expect(start(table)).toThrow(words)
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
})
