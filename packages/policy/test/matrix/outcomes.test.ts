import { anonymous } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { outcomesOf } from '../../src/matrix/outcomes.ts'
import { readTree } from '../../src/rule/tree.ts'
import { allow, and, caller, deny, not, notFound, object, or, type Rule, signedIn } from '../../src/rules.ts'
import { alice, mine } from '../shop.ts'

function outcomes(rule: Rule, principal: typeof alice | typeof anonymous = alice) {
  return [...outcomesOf(readTree(rule), principal)].sort()
}

/** Never called here: both results are assumed for every object. */
function unasked(name: string): Rule {
  return object(name, () => {
    throw new Error('there is no object')
  })
}
const one = unasked('one')
const other = unasked('other')
const broken = caller('broken', () => {
  throw new Error('gone')
})

const rows: readonly [string, Rule, readonly string[]][] = [
  ['allow', allow, ['allowed']],
  ['deny', deny, ['FORBIDDEN']],
  ['an object', one, ['FORBIDDEN', 'allowed']],
  ['an object turned round', not(one), ['FORBIDDEN', 'allowed']],
  ['a hidden object', notFound(one), ['NOT_FOUND', 'allowed']],
  ['objects that are in the way of each other', and(one, not(one)), ['FORBIDDEN']],
  ['objects of which one is always right', or(one, not(one)), ['allowed']],
  ['the same under another word', or(and(one, other), not(one), not(other)), ['allowed']],
  ['one without the other', or(and(not(one), other, deny), and(one, not(other))), ['FORBIDDEN', 'allowed']],
  ['a caller who is refused whatever the object', and(or(notFound(one), other), deny), ['FORBIDDEN', 'NOT_FOUND']],
  ['what breaks for some objects', and(one, broken), ['FORBIDDEN', 'UNAVAILABLE']],
  ['what breaks for every object', or(and(one, broken), broken), ['UNAVAILABLE']],
]

describe('the outcomes of a rule', () => {
  it.each(rows)('are those of every object there can be: %s', (_name, rule, expected) => {
    expect(outcomes(rule)).toEqual(expected)
  })

  it('are those of the caller', () => {
    expect(outcomes(and(signedIn, mine), anonymous)).toEqual(['UNAUTHENTICATED'])
    expect(outcomes(and(signedIn, notFound(mine)), alice)).toEqual(['NOT_FOUND', 'allowed'])
  })

  it('are known at once when the rule is seen to allow and to refuse, however many objects there could be', () => {
    const many = Array.from({ length: 30 }, (_, index) => unasked(`leaf ${index}`)).map((leaf) => or(leaf, not(leaf)))
    expect(outcomes(and(...many, one))).toEqual(['FORBIDDEN', 'allowed'])
  })
})
