/**
 * Rule objects that graphql-shield 7 made, read by the names of their classes, as graphql-shield itself recognises
 * them. The library is not imported: any copy of it may have made the object. Policy evaluates the parts and never
 * calls `resolve`.
 */
import type { RuleKind } from './rule-object.ts'

/** The part of graphql-shield's `IRule` and `ILogicRule` that distinguishes their objects from other values. */
export interface ShieldRule {
  resolve(parent: never, args: never, context: never, info: never, options: never): Promise<unknown>
}

/** Kinds of graphql-shield's rules. `rule` makes a leaf out of a function. */
export type ShieldRuleKind = Exclude<RuleKind, 'leaf' | 'notFound'> | 'rule'

/** The members of graphql-shield's objects that decide. Its types hide most of them. */
export interface ShieldParts {
  readonly kind: ShieldRuleKind
  readonly rules: readonly unknown[]
  /** The second argument of `not`. */
  readonly error?: unknown
  readonly name: string
  readonly func?: unknown
  readonly cache?: unknown
  readonly fragment?: unknown
}

const kindsByClass = new Map<unknown, ShieldRuleKind>([
  ['RuleTrue', 'allow'],
  ['RuleFalse', 'deny'],
  ['RuleAnd', 'and'],
  ['RuleChain', 'chain'],
  ['RuleOr', 'or'],
  ['RuleRace', 'race'],
  ['RuleNot', 'not'],
  ['Rule', 'rule'],
])

/**
 * The parts of a rule object of graphql-shield; undefined for any other value. A bundler that renames classes makes the
 * objects unreadable (esbuild keeps the names with `keepNames`): their table then does not start.
 */
export function shieldPartsOf(value: unknown): ShieldParts | undefined {
  if (typeof value !== 'object' || value === null || !('resolve' in value)) return undefined
  const kind = kindsByClass.get(value.constructor?.name)
  const members = value as Partial<ShieldParts>
  const { rules = [], name = '' } = members
  return kind && Array.isArray(rules) ? { ...members, kind, rules, name: String(name) } : undefined
}
