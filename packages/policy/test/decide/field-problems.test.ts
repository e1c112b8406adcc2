import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/policy.ts'
import { argument } from '../../src/rule/argument.ts'
import { allow, and, deny, or, signedIn } from '../../src/rules.ts'
import { open, start } from './open-table.ts'

const refused: readonly [string, unknown, string][] = [
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

describe('a rule that does not fit its field', () => {
  it.each(refused)('refuses %s', (_name, table, words) => {
    expect(start(table)).toThrow(words)
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

  it('accepts a mutation that is open to every caller with `anyone`, or without rules in its payload', () => {
    expect(start({ ...open, Mutation: { save: allow } })).not.toThrow()
    expect(start({ ...open, Note: { ...open.Note, text: signedIn } })).not.toThrow()
  })
})
