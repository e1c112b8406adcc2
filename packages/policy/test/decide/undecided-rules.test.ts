/** Rules that can not be evaluated: closed in every combination. */
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { allow, caller, chain, not, object, or, signedIn } from '../../src/rules.ts'
import { alice, ask, createShop, shopRules } from '../shop.ts'

describe('a rule that throws or returns a promise', () => {
  const breaking = object('breaking', () => {
    throw new Error('secret of the store')
  })
  const promising = object('promising', () => Promise.reject(new Error('late')) as never)
  const brokenCaller = caller('broken caller', () => {
    throw new Error('secret of the caller')
  })
  const trees = [breaking, promising, brokenCaller].flatMap((leaf) => [
    leaf,
    not(leaf),
    not(not(leaf)),
    or(leaf, allow),
    or(not(signedIn), leaf),
    chain(signedIn, leaf),
    or(not(leaf), allow),
  ])
  it.each(trees.map((rule, index) => [index, rule] as const))(
    'is UNAVAILABLE and closed in every tree (%i)',
    async (_index, rule) => {
      const { schema, schemaFor } = createPolicy(createShop(), {
        ...shopRules,
        Query: { ...shopRules.Query, stats: rule },
      })
      for (const each of [schema, schemaFor(alice)])
        expect(await ask(each, alice, '{ stats }')).toEqual({
          data: { stats: null },
          refusals: { stats: 'UNAVAILABLE' },
        })
    },
  )

  it('keeps the thrown value for the log', () => {
    const { decide } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: not(breaking) } })
    expect(decide(alice, 'Query.stats')).toMatchObject({
      code: 'UNAVAILABLE',
      leaf: 'breaking',
      cause: { message: 'secret of the store' },
    })
    const sly = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: promising } })
    expect(sly.decide(alice, 'Query.stats')).toMatchObject({
      cause: { name: 'Undecided', message: 'the rule returned a promise' },
    })
  })

  it('stays closed when it returns two different results', async () => {
    let answer = true
    const fickle = object('fickle', () => {
      answer = !answer
      return answer
    })
    const { schema } = createPolicy(createShop(), { ...shopRules, Query: { ...shopRules.Query, stats: fickle } })
    expect((await ask(schema, alice, '{ stats }')).refusals).toEqual({ stats: 'UNAVAILABLE' })
  })
})
