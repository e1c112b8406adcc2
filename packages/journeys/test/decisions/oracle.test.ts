/**
 * The oracle has an entry for every field. The rules agree with it, even about objects that the store never returns.
 */
import { abilities } from '@fieldnotes/api/abilities'
import { createSchema } from '@fieldnotes/api/schema'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { callers } from './kit/callers.ts'
import { differences } from './kit/expect.ts'
import { spec } from './kit/oracle.ts'
import { type Ability, disagreements, misjudgements } from './kit/rules-alone.ts'
import { schema } from './kit/shape.ts'

type NoteMutation = keyof typeof abilities

describe('the oracle', () => {
  it('has one line for each field of the schema, and no other', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    const fields = types.map((type) => [type.name, isObjectType(type) ? Object.keys(type.getFields()).sort() : []])
    const lines = Object.entries(spec).map(([type, rows]) => [type, Object.keys(rows).sort()])
    expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(fields))
  })

  it('differs where answers differ', () => {
    expect(differences({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toEqual([])
    expect(differences({ a: [1] }, { a: [2], c: undefined })).toHaveLength(1)
    expect(differences({ a: null }, {})).toHaveLength(1)
    expect(differences({}, { a: 1 })).toHaveLength(1)
  })
})

describe('the rules alone', () => {
  const policy = createSchema()

  it.each(callers.map((kind) => [kind.name, kind] as const))(
    'decide as the oracle does for %s, whatever the note',
    (_name, kind) => {
      expect(disagreements(policy, kind)).toEqual([])
    },
  )

  it.each(callers.map((kind) => [kind.name, kind] as const))(
    'say what %s can do as the oracle does, whatever the note',
    (_name, kind) => {
      const can: Ability = (act, principal, note) => policy.judge(abilities[act as NoteMutation], { principal }, note)
      expect(misjudgements(can, kind)).toEqual([])
    },
  )

  it('allow no mutation to an anonymous caller', () => {
    const caller: Principal = anonymous
    const open = Object.keys(spec.Mutation ?? {}).filter((field) => policy.decide(caller, `Mutation.${field}`).allowed)
    expect(open).toEqual([])
  })
})
