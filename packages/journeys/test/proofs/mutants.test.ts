/** Every mutant of `npm run break:rules` is classified as the oracle and the policy decide, for each kind of caller. */
import { knowledge } from '@fieldnotes/api/knowledge'
import { rules } from '@fieldnotes/api/rules'
import { unguardedSchema } from '@fieldnotes/api/schema'
import { classify } from '@fieldnotes/policy/classify'
import { createModel, type Model } from '@fieldnotes/policy/prove'
import { allow, type Rule } from '@fieldnotes/policy/rules'
import { describe, expect, it } from 'vitest'
import { type Mutant, mutantsOf } from '../../scripts/mutants.ts'
import { differencesOf } from './mutant-classes.ts'

const table = rules as unknown as Record<string, Record<string, Rule>>
const schema = unguardedSchema()
const before = createModel(schema, rules, knowledge)

const coordinates = [...before.decisions.keys()]

function ruleAt(coordinate: string): Rule {
  const [type = '', field = ''] = coordinate.split('.')
  return table[type]?.[field] ?? allow
}

/** A model with one rule changed. A table that would not start is classified too. */
function modelWith({ coordinate, rule }: Mutant): Model {
  const [type = '', field = ''] = coordinate.split('.')
  const single = createModel(schema, { ...table, [type]: { ...table[type], [field]: rule } } as never, knowledge)
  return single
}

function starts(mutant: Mutant): boolean {
  try {
    modelWith(mutant)
    return true
  } catch {
    return false
  }
}

function classified(mutant: Mutant): object {
  const { changes } = classify(before, modelWith(mutant), { coordinates: [mutant.coordinate] })
  return Object.fromEntries(changes.map(({ caller, difference }) => [caller, difference]))
}

const tally = { mutants: 0, unstarted: 0, equal: 0 }

describe('every mutant of a rule', () => {
  it.each(coordinates)('is classified as the oracle decides: %s', (coordinate) => {
    const mutants = mutantsOf(coordinate, ruleAt(coordinate))
    const started = mutants.filter(starts)
    tally.mutants += started.length
    tally.unstarted += mutants.length - started.length
    for (const mutant of started) {
      const due = differencesOf(mutant)
      if (Object.keys(due).length === 0) tally.equal += 1
      expect({ change: mutant.change, ...classified(mutant) }).toEqual({ change: mutant.change, ...due })
    }
  })

  it('is one of many, of which few decide as before', () => {
    expect(tally.mutants).toBeGreaterThan(500)
    expect(tally.equal).toBeLessThan(tally.mutants / 10)
  })
})
