import { describe, expect, it } from 'vitest'
import { argument } from '../../src/rule/argument.ts'
import { allow, caller, deny, family, has, object, signedIn } from '../../src/rules.ts'
import { rule } from '../kit/shield-library.ts'
import { open, start } from './open-table.ts'

const refused: readonly [string, unknown, string][] = [
  ['a field without a rule', { ...open, Note: { id: allow, must: allow } }, 'Note.text has no rule'],
  [
    'a type without rules',
    { Query: open.Query, Mutation: open.Mutation, Payload: open.Payload },
    'Note.must has no rule',
  ],
  [
    'a field that the schema lacks',
    { ...open, Note: { ...open.Note, txet: allow } },
    'Note.txet is in the table but not in the schema',
  ],
  ['a wildcard', { ...open, Note: { '*': deny } }, 'Note.* is in the table but not in the schema'],
  ['a type that the schema lacks', { ...open, Nope: { id: allow } }, 'Nope is in the table but not in the schema'],
  ['a rule on an interface', { ...open, Node: { id: deny } }, 'Node is an interface or union'],
  ['a rule on a union', { ...open, Hit: deny }, 'Hit is an interface or union'],
  ['a rule on an enum', { ...open, Color: deny }, 'Color has no fields to decide'],
  ['a rule on an input', { ...open, Filter: { tag: deny } }, 'Filter has no fields to decide'],
  ['a rule on introspection', { ...open, __Schema: { types: deny } }, '__Schema has no fields to decide'],
  ['one rule for a whole type', { ...open, Note: deny }, 'Note needs one rule for each field'],
  ['null instead of a type', { ...open, Note: null }, 'Note needs one rule for each field'],
  ['undefined instead of a type', { ...open, Note: undefined }, 'Note needs one rule for each field'],
  ['a rule from the prototype', { ...open, Note: Object.create(open.Note) }, 'Note needs one rule for each field'],
  [
    'two rules of one name',
    { ...open, Query: { note: caller('x', () => true), hit: caller('x', () => false) } },
    'Two rules are called "x"',
  ],
]

describe('a table of rules', () => {
  it('starts when every field is decided', () => {
    expect(start(open)).not.toThrow()
  })

  it.each(refused)('refuses %s', (_name, table, words) => {
    expect(start(table)).toThrow(words)
  })

  it('names every problem at once', () => {
    const problems = [
      'Nope is in the table but not in the schema: remove it or mend the spelling.',
      'Note.text has no rule: add one to the table, or `deny`.',
      'Note.must has no rule: add one to the table, or `deny`.',
    ]
    const message = `The policy can't start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`
    const refusal = expect.objectContaining({ name: 'PolicyError', problems, message })
    expect(start({ ...open, Note: { id: allow }, Nope: {} })).toThrow(refusal)
  })

  it('accepts one rule for many fields, and one of a family', () => {
    const plain = rule('version 10.5')(() => true)
    const word = family((name) => object(name, () => true))
    const tables = [plain, has('a'), word('b'), argument('filter.tag', signedIn), argument('filter.or.tag', signedIn)]
    for (const one of tables.slice(0, 3)) expect(start({ ...open, Query: { note: one, hit: one } })).not.toThrow()
    for (const one of tables.slice(3)) expect(start({ ...open, Query: { ...open.Query, note: one } })).not.toThrow()
    expect(has('a')).toBe(has('a'))
  })
})
