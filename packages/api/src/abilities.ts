/** The rules behind `viewerCan`: for each action, the rule of its mutation and the roles that it needs. */
import { and, or, type Rule } from '@fieldnotes/policy/rules'
import type { NoteRole } from './generated/types.ts'
import { type Action, roles } from './notes/roles.ts'
import { mine, rules, sharedAs } from './rules.ts'

const ruleOf: Readonly<Record<NoteRole, Rule>> = {
  OWNER: mine,
  EDITOR: sharedAs('EDITOR'),
  VIEWER: sharedAs('VIEWER'),
}

function able(action: Action, mutation: Rule): Rule {
  return and(mutation, or(...roles[action].map((role) => ruleOf[role])))
}

export const abilities = {
  update: able('update', rules.Mutation.updateNote),
  trash: able('trash', rules.Mutation.trashNote),
  restore: able('restore', rules.Mutation.restoreNote),
  delete: able('delete', rules.Mutation.deleteNote),
  share: able('share', rules.Mutation.shareNote),
  leave: able('leave', rules.Mutation.leaveNote),
} satisfies Record<Action, Rule>
