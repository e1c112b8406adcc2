/** Which facts about an object count as known: a remedy that depends on another one would reveal it. */
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { allow, and, has, not, object, or, type Rule } from '../../src/rules.ts'

const reader = sampleUser({ id: 'ann', scopes: new Set(['read']) })
const scopes = { kind: 'SCOPES', scopes: [['audit']] }

describe('a field that shows a fact', () => {
  const mine = object<{ by: string }>('mine', (caller, { by }) => caller.kind === 'user' && caller.id === by)
  const types = buildSchema(
    'type Query { book: Book pen: Pen } type Book { role: Int it: Int } type Pen { role: Int it: Int }',
  )
  const it_ = and(mine, has('audit'))
  const table = {
    Query: { book: allow, pen: allow },
    Book: { role: has('read'), it: it_ },
    Pen: { role: has('read'), it: it_ },
  }
  const { decide } = createPolicy(types, table, { remedies: { shownBy: { mine: 'Book.role' } } })

  it('shows it on its own type, and on no other', () => {
    expect(decide(reader, 'Book.it', { by: 'ann' })).toMatchObject({ remedy: scopes })
    for (const by of ['ann', 'bob']) expect(decide(reader, 'Pen.it', { by })).not.toHaveProperty('remedy')
  })
})

describe('a rule with many facts', () => {
  /** The remedy where exactly the last of `count` facts holds, and each of the others must not. */
  function remedyOf(count: number): unknown {
    const facts = Array.from({ length: count }, (_, index) =>
      object<number>(`fact ${index}`, (_caller, it) => it === index),
    )
    const last = facts.at(-1) as Rule
    const rule = and(last, not(or(...facts.slice(0, -1))), has('audit'))
    const types = buildSchema('type Query { book: Book } type Book { role: Int it: Int }')
    const table = { Query: { book: allow }, Book: { role: allow, it: rule } }
    const shownBy = Object.fromEntries(facts.map((_, index) => [`fact ${index}`, 'Book.role']))
    const decision = createPolicy(types, table, { remedies: { shownBy } }).decide(reader, 'Book.it', count - 1)
    return decision.allowed ? 'allowed' : decision.remedy
  }

  it('has a remedy with 30 of them, and none with more, whose results no number could hold', () => {
    expect([29, 30].map(remedyOf)).toEqual([scopes, scopes])
    expect([31, 32, 33, 64].map(remedyOf)).toEqual([undefined, undefined, undefined, undefined])
  })
})
