/** Leaves that a rule could contain by mistake, in place of each of its leaves. */
import { mine, oneself, recently, sharedAs } from '@fieldnotes/api/rules'
import { given } from '@fieldnotes/policy/argument'
import { anyone, firstParty, has, inGroup, person, type Rule, signedIn } from '@fieldnotes/policy/rules'

const scopes = ['read', 'write', 'share', 'trash', 'audit'].map((name) => has(`notes:${name}`))
const groups = ['cognito:staff', 'firebase:staff', 'cognito:other', 'cognito:Staff'].map(inGroup)
const ends = [given('input.everywhere', [true]), given('input.everywhere', [false]), given('input.everywhere')]
const roles = [mine, sharedAs('EDITOR'), sharedAs('VIEWER')]

const mistakes: readonly { readonly of: readonly Rule[]; readonly by: readonly Rule[] }[] = [
  { of: scopes, by: [...scopes, signedIn] },
  { of: groups, by: [...groups, person] },
  { of: roles, by: [...roles, signedIn] },
  { of: [person], by: [signedIn, anyone] },
  { of: [firstParty], by: [signedIn, person, anyone] },
  { of: [recently], by: [signedIn, person, anyone] },
  { of: ends, by: ends },
  { of: [oneself], by: [person, ...groups.slice(0, 1)] },
]

/**
 * Leaves that are easily confused with `leaf`.
 * @throws Error for a leaf without a row in the table above
 */
export function othersThan(leaf: Rule, name: string): readonly Rule[] {
  const found = mistakes.find(({ of }) => of.includes(leaf))
  if (!found) throw new Error(`scripts/leaves.ts does not say what "${name}" could be taken for`)
  return found.by.filter((other) => other !== leaf)
}
