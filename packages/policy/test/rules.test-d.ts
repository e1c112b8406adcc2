/** What must not compile. Checked by the type check alone. */
import type { Refused } from '../src/decide/decision.ts'
import { allow, has, object, type RuleTable } from '../src/rules.ts'

interface Types {
  Query: { __typename?: 'Query'; a: string; b?: number }
  Note: { id: string }
}

export const whole: RuleTable<Types> = { Query: { a: allow, b: has('x') }, Note: { id: allow } }

export const missingField: RuleTable<Types> = {
  // @ts-expect-error a field without a decision, be it optional
  Query: { a: allow },
  Note: { id: allow },
}

// @ts-expect-error a type without decisions
export const missingType: RuleTable<Types> = { Query: { a: allow, b: allow } }

export const misspelt: RuleTable<Types> = {
  Query: { a: allow, b: allow },
  // @ts-expect-error a field that the schema lacks
  Note: { id: allow, idd: allow },
}

// @ts-expect-error a bare function is not a rule
export const bare: RuleTable<Types> = { Query: { a: () => true, b: allow }, Note: { id: allow } }

// @ts-expect-error a promise is not an answer
export const late = object('late', async () => true)

const remedied = { allowed: false, leaf: 'mine', missing: [], remedy: { kind: 'SIGN_IN' } } as const
export const refused: Refused = { ...remedied, code: 'FORBIDDEN' }
// @ts-expect-error a hidden object has no remedy, which would reveal it
export const hidden: Refused = { ...remedied, code: 'NOT_FOUND' }
