/** Generates every small change of one rule of the table. */
import { allow, and, chain, deny, not, or, type Rule, race } from '@fieldnotes/policy/rules'
import { othersThan } from './leaves.ts'

/** A changed rule. */
export interface Mutant {
  /** `Type.field`. */
  readonly coordinate: string
  /** Description of the change. */
  readonly change: string
  readonly rule: Rule
}

/** Operands of a rule. */
function rowsOf(rule: Rule): readonly Rule[] {
  return 'kind' in rule ? rule.rules : []
}

function nameOf(rule: Rule): string {
  const rows = rowsOf(rule)
  if (rows.length > 0) return `(${rows.map(nameOf).join(', ')})`
  if (rule === allow || rule === deny) return rule === allow ? 'allow' : 'deny'
  return 'name' in rule ? String(rule.name) : 'a rule'
}

/** Builds the same operator with other operands. */
const words = [and, or, chain, race, (...rows: Rule[]) => not(rows[0] ?? deny)] as const
function wordOf(rule: Rule) {
  return words.find((word) => 'kind' in rule && word(allow).kind === rule.kind) ?? and
}

type RuleChange = Omit<Mutant, 'coordinate'>

/** Replaces this leaf by another. */
function replaced(leaf: Rule): readonly RuleChange[] {
  if (leaf === allow || leaf === deny) return []
  return othersThan(leaf, nameOf(leaf)).map((rule) => ({ change: `${nameOf(rule)} for ${nameOf(leaf)}`, rule }))
}

/** The rule with each operand dropped, negated or changed; a leaf is replaced. */
function within(rule: Rule): readonly RuleChange[] {
  const rows = rowsOf(rule)
  if (rows.length === 0) return replaced(rule)
  const word = wordOf(rule)
  const withRows = (changed: readonly Rule[]): Rule =>
    changed.length === 1 && changed[0] ? changed[0] : word(...changed)
  return rows.flatMap((row, at) => {
    const others = rows.filter((_, index) => index !== at)
    const drop = others.length > 0 ? [{ change: `without ${nameOf(row)}`, rule: withRows(others) }] : []
    const negated = {
      change: `not ${nameOf(row)}`,
      rule: word(...rows.map((each, index) => (index === at ? not(each) : each))),
    }
    const inner = within(row).map(({ change, rule: changed }) => ({
      change,
      rule: word(...rows.map((each, index) => (index === at ? changed : each))),
    }))
    return [...drop, negated, ...inner]
  })
}

/** All mutants of one rule. */
export function mutantsOf(coordinate: string, rule: Rule): readonly Mutant[] {
  const whole = [
    { change: 'allow', rule: allow },
    { change: 'deny', rule: deny },
    ...(rule === allow || rule === deny ? [] : [{ change: 'turned round', rule: not(rule) }]),
  ]
  return [...whole, ...within(rule)]
    .filter((mutant) => mutant.rule !== rule)
    .map((mutant) => ({ coordinate, ...mutant }))
}
