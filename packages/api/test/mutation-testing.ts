/** The tests of mutation runs: the rules against the independent oracle of `journeys`, and their explanations. */
import { createPolicy } from '@fieldnotes/policy/policy'
import { buildASTSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { callers } from '../../journeys/test/decisions/kit/callers.ts'
import { type Ability, disagreements, misjudgements } from '../../journeys/test/decisions/kit/rules-alone.ts'
import { abilities } from '../src/abilities.ts'
import { document } from '../src/generated/schema-document.ts'
import { rules } from '../src/rules.ts'
import './notes/roles.test.ts'
import './rules.test.ts'

/** Created by each test, so that a table that does not start fails the test. */
function start() {
  return createPolicy(buildASTSchema(document), rules)
}

describe('the rules alone', () => {
  it.each(callers)('decide as the oracle does for $name', (kind) => {
    expect(disagreements(start(), kind)).toEqual([])
  })

  it.each(callers)('say what $name can do as the oracle does', (kind) => {
    const { judge } = start()
    const can: Ability = (act, principal, note) => judge(abilities[act as keyof typeof abilities], { principal }, note)
    expect(misjudgements(can, kind)).toEqual([])
  })
})
