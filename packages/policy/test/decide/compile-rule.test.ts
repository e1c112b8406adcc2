/** When rules are evaluated, and what happens when a rule throws. */
import type { Principal } from '@fieldnotes/core/principal'
import { describe, expect, it } from 'vitest'
import { createCallerVerdicts } from '../../src/decide/caller-verdicts.ts'
import { compileRule } from '../../src/decide/compile-rule.ts'
import { createPolicy } from '../../src/policy.ts'
import { readTree } from '../../src/rule/tree.ts'
import { caller, object } from '../../src/rules.ts'
import { alice, ask, bob, boss, createShop, shopRules } from '../shop.ts'

/** Made by each test, never by the file, so that a mutation run sees it made. */
function shop() {
  return createPolicy(createShop(), shopRules)
}

describe('a rule on the caller alone', () => {
  it('is evaluated once per principal, however many fields have it', async () => {
    const evaluated: Principal[] = []
    const counted = caller('counted', (principal) => evaluated.push(principal) > 0)
    const { schema } = createPolicy(createShop(), {
      ...shopRules,
      Order: { ...shopRules.Order, total: counted, margin: counted },
    })
    await ask(schema, alice, '{ things { things { ... on Order { total margin } } } }')
    await ask(schema, bob, '{ things { things { ... on Order { total margin } } } }')
    await ask(schema, alice, '{ things { things { ... on Order { total margin } } } }')
    expect(evaluated).toEqual([alice, bob])
  })

  it('is never mixed up between callers whose requests run at once', async () => {
    const principals = Array.from({ length: 200 }, (_, index) => (index % 2 ? alice : boss))
    const answers = await Promise.all(principals.map((principal) => ask(shop().schema, principal, '{ stats }')))
    expect(answers.map(({ data }) => (data as { stats: unknown }).stats)).toEqual(
      principals.map((p) => (p === boss ? 42 : null)),
    )
  })
})

describe('a rule on the object', () => {
  const counting = (seen: unknown[], table = shopRules) => {
    const counted = object<{ id: string }>('counted', (_principal, parent) => seen.push(parent.id) > 0)
    return createPolicy(createShop(), { ...table, Order: { ...table.Order, total: counted, margin: counted } }).schema
  }

  it('is evaluated once per object', async () => {
    const seen: unknown[] = []
    await ask(counting(seen), alice, '{ things { things { ... on Order { total margin again: total } } } }')
    expect(seen).toEqual(['o0', 'o1', 'o2'])
  })

  it('is evaluated again by the next request for the same object', async () => {
    const seen: unknown[] = []
    const schema = counting(seen)
    await ask(schema, alice, '{ order(id: "o0") { total margin } }')
    await ask(schema, alice, '{ order(id: "o0") { total margin } }')
    expect(seen).toEqual(['o0', 'o0'])
  })

  const one = { id: 1 }
  it.each([
    ['another caller', bob, one],
    ['another object', alice, { id: 2 }],
  ])('is evaluated again for %s, even at the same path', (_what, principal, parent) => {
    const rule = object<{ id: number }>('counted', ({ kind }, { id }) => kind === 'user' && seen.push(id) > 0)
    const seen: unknown[] = []
    const test = compileRule(readTree(rule), createCallerVerdicts([]))
    const at = {}
    for (const _ of [1, 2]) test(one, {}, { principal: alice }, at)
    expect(seen).toHaveLength(1)
    test(parent, {}, { principal }, at)
    expect(seen).toHaveLength(2)
  })

  it('is evaluated for each field when it reads the arguments', async () => {
    const seen: unknown[] = []
    const counted = object('counted', (_principal, _parent, args) => seen.push(args) > 0)
    const { schema } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, order: counted } })
    await ask(schema, alice, '{ a: order(id: "o0") { id } b: order(id: "o1") { id } }')
    expect(seen).toEqual([{ id: 'o0' }, { id: 'o1' }])
  })

  it.each([
    ['reads', (args: { id?: string }) => args.id === undefined],
    ['tests for', (args: object) => !('id' in args)],
    ['counts', (args: object) => Object.keys(args).length === 0],
  ])('fails closed when it %s arguments that it does not declare', async (_how, look) => {
    const sly = object('sly', (_principal, _parent, args: object = {}) => look(args))
    const { schema, decide } = createPolicy(createShop(), {
      ...shopRules,
      Query: { ...shopRules.Query, order: sly },
    })
    expect((await ask(schema, alice, '{ order(id: "o0") { id } }')).refusals).toEqual({ order: 'UNAVAILABLE' })
    expect(decide(alice, 'Query.order', undefined, {})).toMatchObject({
      cause: { message: 'the rule reads arguments without declaring a third parameter' },
    })
  })
})

describe('a compiled rule', () => {
  const counting = () => {
    const seen: unknown[] = []
    const counted = object<{ answer: boolean }>(
      'counted',
      (_principal, parent) => seen.push(parent) > 0 && parent.answer,
    )
    return { seen, test: compileRule(readTree(counted), createCallerVerdicts([])) }
  }
  const [yes, no] = [{ answer: true }, { answer: false }]

  it('keeps its result for one object, one path and one caller', () => {
    const { seen, test } = counting()
    const [here, there] = [{}, {}]
    const ask = (parent: object, principal = alice, at: object | undefined = here) =>
      test(parent, {}, { principal }, at)
    expect([ask(yes), ask(yes), ask(no), ask(yes), ask(yes, bob), ask(yes, bob, there)]).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
    ])
    expect(seen).toHaveLength(5)
  })

  it('keeps nothing without a path, as outside of an execution', () => {
    const { test } = counting()
    const parent = { answer: true }
    expect(test(parent, {}, { principal: alice })).toBe(true)
    parent.answer = false
    expect(test(parent, {}, { principal: alice })).toBe(false)
  })

  it('keeps no result of a rule that threw', () => {
    const broken = object<{ answer: boolean }>('broken', (_principal, parent) => {
      if (parent.answer) return true
      throw new Error('gone')
    })
    const test = compileRule(readTree(broken), createCallerVerdicts([]))
    const [at, parent] = [{}, { answer: true }]
    expect(test(parent, {}, { principal: alice }, at)).toBe(true)
    expect(() => test(no, {}, { principal: alice }, at)).toThrow('gone')
    expect(() => test(no, {}, { principal: alice }, at)).toThrow('gone')
    expect(test(parent, {}, { principal: alice }, at)).toBe(true)
  })
})
