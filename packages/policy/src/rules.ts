/** The constructors of rules. */
import type { Principal } from '@fieldnotes/core/principal'
import { family } from './rule/family.ts'
import { freshSignIn } from './rule/fresh-sign-in.ts'
import type { RuleContext } from './rule/leaf.ts'
import {
  allow,
  and,
  chain,
  deny,
  leafRule,
  not,
  notFound,
  type OwnRule,
  or,
  type Rule,
  race,
} from './rule/rule-object.ts'
import type { RuleTable } from './rule/rule-table.ts'

export {
  allow,
  and,
  chain,
  deny,
  family,
  freshSignIn,
  not,
  notFound,
  type OwnRule,
  or,
  type Rule,
  type RuleContext,
  type RuleTable,
  race,
}

/** The types refuse a promise as a result; this refuses it in JavaScript and behind a cast, before anything starts. */
function assertSynchronous(name: string, test: object): void {
  if (test.constructor.name !== 'AsyncFunction') return
  throw new Error(`The rule "${name}" is asynchronous. Load the data first and pass it as the object.`)
}

/**
 * A rule on the caller alone, evaluated once per principal. The result must depend on nothing else: a rule that reads
 * the clock is an `object` rule.
 * @param name unique within a table; the matrix, the explanation and the log print it
 * @example
 * ```ts
 * import { caller } from '@fieldnotes/policy/rules'
 *
 * const own = caller('from Cognito', (principal) => principal.kind !== 'anonymous' && principal.issuer === 'cognito')
 * ```
 */
export function caller(name: string, test: (principal: Principal) => boolean): OwnRule {
  assertSynchronous(name, test)
  return leafRule({ kind: 'caller', name, test })
}

function refuseToRead(): never {
  throw new TypeError('the rule reads arguments without declaring a third parameter')
}

/** Passed instead of arguments that a rule did not declare. Reading it throws, so that the rule fails closed. */
const undeclared: never = new Proxy({} as never, { get: refuseToRead, has: refuseToRead, ownKeys: refuseToRead })

/**
 * A rule on the caller and the object, pure and synchronous. It is evaluated once per object, or once per field when
 * `test` declares `args`.
 * @param describe says what the rule found, for the explanation only
 * @example
 * ```ts
 * import { object } from '@fieldnotes/policy/rules'
 *
 * const mine = object<{ by: string }>(
 *   'mine',
 *   (principal, note) => principal.kind === 'user' && principal.id === note.by,
 *   (_principal, note) => `written by ${note.by}`,
 * )
 * ```
 */
export function object<Parent, Args = unknown>(
  name: string,
  test: (principal: Principal, parent: Parent, args: Args) => boolean,
  describe?: (principal: Principal, parent: Parent, args: Args) => string,
): OwnRule {
  assertSynchronous(name, test)
  const readsArgs = test.length > 2
  return leafRule({
    kind: 'object',
    name,
    readsArgs,
    test: (parent, args, { principal }) => test(principal, parent as Parent, readsArgs ? (args as Args) : undeclared),
    ...(describe && { describe: (principal, parent, args) => describe(principal, parent as Parent, args as Args) }),
  })
}

/**
 * Every caller, on purpose: for a mutation that the anonymous caller may use.
 * @example
 * ```ts
 * import { anyone } from '@fieldnotes/policy/rules'
 *
 * const table = { Mutation: { signUp: anyone } }
 * ```
 */
export const anyone: OwnRule = caller('anyone', () => true)

/**
 * Every caller but the anonymous one.
 * @example
 * ```ts
 * import { signedIn } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { me: signedIn } }
 * ```
 */
export const signedIn: OwnRule = caller('signed in', (principal) => principal.kind !== 'anonymous')

/**
 * A person, not a machine client.
 * @example
 * ```ts
 * import { person } from '@fieldnotes/policy/rules'
 *
 * const table = { Mutation: { updateProfile: person } }
 * ```
 */
export const person: OwnRule = caller('a person', (principal) => principal.kind === 'user')

/**
 * A caller whose client is the product's own, for whatever manages an account. Third parties are refused, and so is a
 * principal that does not say whose client it has.
 * @example
 * ```ts
 * import { firstParty } from '@fieldnotes/policy/rules'
 *
 * const table = { Mutation: { deleteAccount: firstParty } }
 * ```
 */
export const firstParty: OwnRule = caller(
  'first party',
  (principal) => principal.kind !== 'anonymous' && principal.thirdParty === false,
)

/**
 * The caller's token carries this exact scope.
 * @example
 * ```ts
 * import { has } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { note: has('notes:read') } }
 * ```
 */
export const has: (scope: string) => OwnRule = family((scope: string) =>
  leafRule({
    kind: 'caller',
    name: `scope ${scope}`,
    scope,
    test: (principal) => principal.kind !== 'anonymous' && principal.scopes.has(scope),
  }),
)

/**
 * The caller is in this group, named `issuer:group`.
 * @example
 * ```ts
 * import { inGroup } from '@fieldnotes/policy/rules'
 *
 * const table = { Query: { statistics: inGroup('cognito:staff') } }
 * ```
 */
export const inGroup: (group: string) => OwnRule = family((group: string) =>
  caller(`group ${group}`, (principal) => principal.kind !== 'anonymous' && principal.groups.has(group)),
)
