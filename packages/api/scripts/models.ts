/** Models of the rules of the working tree and of commits. */
import { createModel, type Model } from '@fieldnotes/policy/prove'
import type { Rule } from '@fieldnotes/policy/rules'
import { abilities } from '../src/abilities.ts'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { knowledge } from '../src/knowledge.ts'
import { rules } from '../src/rules.ts'
import { commitAt, type Decider, rulesAt } from './rules-at.ts'

/**
 * What a caller may do with one note is proved at the fields of `NotePermissions`: their rules are those of the
 * mutations together with the roles, in place of the rules for reading the fields, which every caller may.
 */
function modelOf({ schema, rules: table, abilities: able, knowledge: known }: Decider): Model {
  const { NotePermissions, ...others } = table as Readonly<Record<string, Readonly<Record<string, Rule>>>>
  const permissions = NotePermissions && { NotePermissions: { ...NotePermissions, ...able } }
  return createModel(schema, { ...others, ...permissions }, known)
}

/** The rules of the working tree. */
export function modelHere(): Model {
  return modelOf({ schema: unguardedSchema(), rules, abilities, knowledge })
}

/**
 * The rules of a commit.
 * @throws UnreadableRules when the reference names no commit, or its rules can not be loaded
 */
export async function modelAt(root: string, reference: string): Promise<Model> {
  return modelOf(await rulesAt(root, commitAt(root, reference)))
}
