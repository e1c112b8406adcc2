/** Rule objects of graphql-shield in a table of policy, as in a project that migrates. */
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { describe as inWords } from '../../src/rule/describe.ts'
import { shieldPartsOf } from '../../src/rule/shield-rule.ts'
import { readTree } from '../../src/rule/tree.ts'
import { and as andOurs, not as notOurs, type Rule, signedIn } from '../../src/rules.ts'
import { allow, and, chain, deny, inputRule, not, or, race, rule, shield } from '../kit/shield-library.ts'
import { alice, bob } from '../shop.ts'

const yes = rule('yes')(() => true)
const no = rule('no')(() => false)
const mine = rule('mine')((parent, _args, { principal }) => parent.owner === principal.id)

const rules: readonly [string, Rule, string, readonly [own: boolean, others: boolean]][] = [
  ['allow', allow, 'allow', [true, true]],
  ['deny', deny, 'deny', [false, false]],
  ['rule', mine, 'mine', [true, false]],
  ['and', and(yes, mine), 'yes and mine', [true, false]],
  ['chain', chain(mine, yes), 'mine and yes', [true, false]],
  ['or', or(no, mine), 'no or mine', [true, false]],
  ['race', race(mine, no), 'mine or no', [true, false]],
  ['not', not(mine), 'not mine', [false, true]],
  ['all of them', and(yes, or(not(no), race(mine, chain(no)))), 'yes and (not no or mine or no)', [true, true]],
  ['ours around theirs', andOurs(signedIn, notOurs(mine)), 'signed in and not mine', [false, true]],
  ['theirs around ours', and(mine, signedIn as never), 'mine and signed in', [true, false]],
]

describe('a rule of graphql-shield', () => {
  const schema = buildSchema('type Query { it: Int }')
  it.each(rules)('is read, described and decided: %s', (_name, each, words, expected) => {
    const { decide } = createPolicy<{ Query: { it: number } }>(schema, { Query: { it: each } })
    expect(inWords(readTree(each))).toBe(words)
    const parent = { owner: alice.id }
    expect([alice, bob].map((principal) => decide(principal, 'Query.it', parent).allowed)).toEqual(expected)
  })

  it('is recognised in any copy of the library, by the name of its class', () => {
    class RuleTrue {
      readonly rules = []
      resolve = async () => true
    }
    expect(readTree(new RuleTrue())).toEqual({ kind: 'constant', allowed: true })
  })

  it.each<[string, unknown]>([
    [
      'a class that a minifier renamed',
      new (class a {
        rules = []
        resolve = async () => true
      })(),
    ],
    [
      'a class of that name that has no resolve',
      new (class RuleTrue {
        rules = []
      })(),
    ],
    [
      'a class of that name whose rules are no list',
      new (class RuleAnd {
        rules = 1
        resolve = async () => true
      })(),
    ],
    ['an input rule', inputRule('input')((yup) => yup.object())],
    ['a table behind shield()', shield({ Query: { it: allow } })],
    ['a constructor', allow.constructor],
    ['an object without a class', Object.create(null, { resolve: { value: 1 } })],
    ['null', null],
  ])('is not: %s', (_name, value) => {
    expect(shieldPartsOf(value)).toBeUndefined()
    expect(() => readTree(value)).toThrow('is not a rule')
  })
})
