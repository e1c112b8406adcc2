/** The words rules are written in: graphql-shield's own objects, made by small typed builders. */
import type { Principal } from '@fieldnotes/core/principal'
import { family } from './rule/family.ts'
import { type Asked, makeLeaf, markHiding } from './rule/leaf.ts'
import { allow, and, chain, deny, not, or, type Rule, race } from './rule/shield.ts'

export { type Asked, allow, and, chain, deny, family, not, or, type Rule, race }

/** One rule for each field of each object type; `Types` is generated from the schema, so that a missing or misspelt field does not compile. */
export type RuleTable<Types> = {
  readonly [T in keyof Types]: { readonly [F in Exclude<keyof Types[T], '__typename'>]-?: Rule }
}

/** TypeScript lets no promise pass for an answer; who casts, or writes JavaScript, is told before anything starts. */
function assertSynchronous(name: string, test: object): void {
  if (test.constructor.name !== 'AsyncFunction') return
  throw new Error(`The rule "${name}" is asynchronous. Load what it asks for before, and let it look at that.`)
}

/**
 * A rule that looks only at the caller, judged once per principal; `name` says what is asked, for matrix and explanation.
 * It must depend on nothing else: a rule that reads the clock is an `object` rule.
 */
export function caller(name: string, test: (principal: Principal) => boolean): Rule {
  assertSynchronous(name, test)
  return makeLeaf({ kind: 'caller', name, test })
}

/** In the place of arguments that a rule did not declare: whoever reads it fails closed, whatever default it had in mind. */
const undeclared: never = new Proxy({} as never, {
  get: () => {
    throw new TypeError('the rule reads arguments without declaring a third parameter')
  },
  has: () => {
    throw new TypeError('the rule reads arguments without declaring a third parameter')
  },
  ownKeys: () => {
    throw new TypeError('the rule reads arguments without declaring a third parameter')
  },
})

/**
 * A rule that looks at the object too. Pure and synchronous. Judged once per object, unless it declares `args`:
 * then once per field. `tell` says what was found, for the explanation only.
 */
export function object<Parent, Args = unknown>(
  name: string,
  test: (principal: Principal, parent: Parent, args: Args) => boolean,
  tell?: (principal: Principal, parent: Parent, args: Args) => string,
): Rule {
  assertSynchronous(name, test)
  const readsArgs = test.length > 2
  return makeLeaf({
    kind: 'object',
    name,
    readsArgs,
    test: (parent, args, asked) => test(asked.principal, parent as Parent, readsArgs ? (args as Args) : undeclared),
    ...(tell && { tell: (principal, parent, args) => tell(principal, parent as Parent, args as Args) }),
  })
}

/** Everybody, on purpose: for a mutation that the anonymous caller may use. */
export const anyone = caller('anyone', () => true)

/** Not the anonymous caller. */
export const signedIn = caller('signed in', (principal) => principal.kind !== 'anonymous')

/** A person, not a machine client. */
export const person = caller('a person', (principal) => principal.kind === 'user')

/** The caller's token carries this exact scope. */
export const has = family((scope: string) =>
  caller(`scope ${scope}`, (principal) => principal.kind !== 'anonymous' && principal.scopes.has(scope)),
)

/** The caller is in this group, named `issuer:group`. */
export const inGroup = family((group: string) =>
  caller(`group ${group}`, (principal) => principal.kind !== 'anonymous' && principal.groups.has(group)),
)

/** A refusal of `rule` answers NOT_FOUND: the caller may not learn that the thing exists. */
export function notFound(rule: Rule): Rule {
  return markHiding(chain(rule))
}
