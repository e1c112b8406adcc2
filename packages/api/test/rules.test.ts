/** Names and explanations of the rules on notes and people. `journeys` tests their decisions, field by field. */
import { anonymous } from '@fieldnotes/core/principal'
import { explain, explaining } from '@fieldnotes/policy/explaining-schema'
import { or, type Rule } from '@fieldnotes/policy/rules'
import { buildSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { kinds } from '../scripts/kinds.ts'
import { mine, oneself, sharedAs } from '../src/rules.ts'

const [person = anonymous] = [kinds.person ?? []].flat()
const at = '2026-11-22T09:00:00.000Z'

function note(shares: object, trashedAt?: string) {
  return { ownerId: 'alice', shares, trashedAt, it: 1 }
}

/** Why `rule` refuses `principal` at this object. */
async function whyNot(rule: Rule, parent: unknown, principal = person) {
  const schema = explaining<{ Query: { it: number } }>(buildSchema('type Query { it: Int }'), { Query: { it: rule } })
  const operation = { schema, document: parse('{ it }'), rootValue: parent }
  const { explained } = await explain({ ...operation, contextValue: { principal } })
  return explained.map(({ decision, found }) => ({
    missing: 'missing' in decision ? decision.missing : 'nothing',
    found,
  }))
}

describe('a note without an owner', () => {
  it('is not that of the anonymous caller, who has no id either', async () => {
    expect(await whyNot(mine, { ...note({}), ownerId: undefined }, anonymous)).toMatchObject([{ missing: ['mine'] }])
  })
})

describe('a rule that refuses', () => {
  it('says whose note it is', async () => {
    expect(await whyNot(mine, note({}))).toEqual([{ missing: ['mine'], found: ['owned by alice'] }])
  })

  it.each([
    ['no person', {}, undefined, 'not shared with the caller'],
    ['others', { other: { role: 'EDITOR', at } }, undefined, 'not shared with the caller'],
    ['the caller in another role', { caller: { role: 'VIEWER', at } }, undefined, 'shared with the caller as viewer'],
    [
      'the caller, but in the trash',
      { caller: { role: 'EDITOR', at } },
      at,
      'shared with the caller as editor, but in the trash',
    ],
  ])('says what a note shared with %s is to the caller', async (_whom, shares, trashedAt, found) => {
    const missing = ['shared as editor']
    expect(await whyNot(sharedAs('EDITOR'), note(shares, trashedAt))).toEqual([{ missing, found: [found] }])
  })

  it('returns no share to an anonymous caller', async () => {
    const rule = or(mine, sharedAs('EDITOR'), sharedAs('VIEWER'))
    expect(await whyNot(rule, note({ undefined: { role: 'EDITOR', at } }), anonymous)).toEqual([
      {
        missing: ['mine', 'shared as editor', 'shared as viewer'],
        found: ['owned by alice', 'not shared with the caller'],
      },
    ])
  })

  it('says which person it is', async () => {
    expect(await whyNot(oneself, { id: 'alice' })).toEqual([{ missing: ['oneself'], found: ['this is alice'] }])
  })
})
