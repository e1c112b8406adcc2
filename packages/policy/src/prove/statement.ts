/** Statements about a policy, in the words of its rules. */
import { describe } from '../rule/describe.ts'
import { readTree } from '../rule/tree.ts'
import { allow, and, deny, type OwnRule, type Rule } from '../rules.ts'

/** `Type.field` of a schema, or `Type.*` for all fields of a type. `Types` is generated from the schema. */
export type Coordinate<Types> = {
  [T in keyof Types & string]: `${T}.${Exclude<keyof Types[T], '__typename'> & string}` | `${T}.*`
}[keyof Types & string]

/** Fields as a part of a statement: each means the rule that the table has for it. */
export interface Fields {
  readonly coordinates: readonly string[]
}

/** A rule, or fields of the table. */
export type Term = Rule | Fields

/** A statement holds when no caller, object and request contradict it. */
export interface Statement {
  readonly word: 'never' | 'always' | 'implies' | 'only if' | 'equal'
  /** The statement is about the callers, objects and requests that this rule allows. */
  readonly given: Rule
  readonly left: Term
  readonly right: Term
}

type AnyTypes = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/**
 * The rules of fields, of a mutation or of all fields of a type (`Note.*`). A statement about several fields is checked
 * for each of them. `field<Types>` accepts only coordinates of the schema.
 * @example
 * ```ts
 * import { field, never, when } from '@fieldnotes/policy/prove'
 * import { not, signedIn } from '@fieldnotes/policy/rules'
 *
 * const statements = { 'Only known callers write': never(field('Mutation.*'), when(not(signedIn))) }
 * ```
 */
export function field<Types = AnyTypes>(...coordinates: readonly Coordinate<Types>[]): Fields {
  return { coordinates }
}

/**
 * The callers, objects and requests that all rules allow.
 * @example
 * ```ts
 * import { field, never, when } from '@fieldnotes/policy/prove'
 * import { not, person, signedIn } from '@fieldnotes/policy/rules'
 *
 * const statements = { 'No machine reads drafts': never(field('Book.draft'), when(signedIn, not(person))) }
 * ```
 */
export function when(first: Rule, ...others: readonly Rule[]): OwnRule {
  return and(first, ...others)
}

/**
 * No caller is allowed; with `given`, none of these.
 * @example
 * ```ts
 * import { field, never, when } from '@fieldnotes/policy/prove'
 * import { not, signedIn } from '@fieldnotes/policy/rules'
 *
 * const statements = { 'Drafts need a sign-in': never(field('Book.draft'), when(not(signedIn))) }
 * ```
 */
export function never(term: Term, given: Rule = allow): Statement {
  return { word: 'never', given, left: term, right: deny }
}

/**
 * Every caller is allowed; with `given`, each of these.
 * @example
 * ```ts
 * import { always, field, when } from '@fieldnotes/policy/prove'
 * import { signedIn } from '@fieldnotes/policy/rules'
 *
 * const statements = { 'A sign-in opens drafts': always(field('Book.draft'), when(signedIn)) }
 * ```
 */
export function always(term: Term, given: Rule = allow): Statement {
  return { word: 'always', given, left: allow, right: term }
}

/**
 * Where `left` allows, `right` allows too.
 * @example
 * ```ts
 * import { field, implies } from '@fieldnotes/policy/prove'
 *
 * const statements = { 'Drafts need the title': implies(field('Book.draft'), field('Book.title')) }
 * ```
 */
export function implies(left: Term, right: Term): Statement {
  return { word: 'implies', given: allow, left, right }
}

/**
 * The field is allowed only where `rule` allows.
 * @example
 * ```ts
 * import { field, onlyIf } from '@fieldnotes/policy/prove'
 * import { has } from '@fieldnotes/policy/rules'
 *
 * const statements = { 'Drafts need a scope': onlyIf(field('Book.draft'), has('books:read')) }
 * ```
 */
export function onlyIf(term: Term, rule: Rule): Statement {
  return { word: 'only if', given: allow, left: term, right: rule }
}

/**
 * Both allow in the same cases; with `given`, in these cases.
 * @example
 * ```ts
 * import { equal, field } from '@fieldnotes/policy/prove'
 *
 * const statements = { 'A title is as open as its author': equal(field('Book.title'), field('Book.author')) }
 * ```
 */
export function equal(left: Term, right: Term, given: Rule = allow): Statement {
  return { word: 'equal', given, left, right }
}

/**
 * Whether a term names fields.
 * @internal
 */
export function isFields(term: Term): term is Fields {
  return 'coordinates' in term
}

/** The text of a term: coordinates, or a rule as a reviewer reads it. */
function termText(term: Term): string {
  return isFields(term) ? term.coordinates.join(', ') : describe(readTree(term))
}

const texts: Readonly<Record<Statement['word'], (left: string, right: string) => string>> = {
  never: (left) => `never ${left}`,
  always: (_left, right) => `always ${right}`,
  implies: (left, right) => `${left} implies ${right}`,
  'only if': (left, right) => `${left} only if ${right}`,
  equal: (left, right) => `${left} equals ${right}`,
}

/**
 * The statement in words, such as `never Note.content when signed in and not a person`.
 * @internal
 */
export function statementText({ word, given, left, right }: Statement): string {
  const condition = given === allow ? '' : ` when ${termText(given)}`
  return `${texts[word](termText(left), termText(right))}${condition}`
}
