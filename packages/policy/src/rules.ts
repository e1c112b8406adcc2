/** The words rules are written in: graphql-shield's own objects, made by small typed builders. */
import type { Principal } from '@fieldnotes/core/principal'
import { allow, and, chain, deny, not, or, race, rule } from 'graphql-shield'

export { allow, and, chain, deny, not, or, race }

export type Rule = typeof allow | ReturnType<ReturnType<typeof rule>> | ReturnType<typeof and>

/** One rule for each field of each object type; `Types` is generated from the schema, so that a missing or misspelt field does not compile. */
export type RuleTable<Types> = {
  readonly [T in keyof Types]: { readonly [F in Exclude<keyof Types[T], '__typename'>]-?: Rule }
}

/** What a rule's third argument is. */
export interface Asked {
  readonly principal: Principal
}

/** A rule that looks only at the caller, judged once per request. `name` says what is asked, for matrix and explanation. */
export const caller = (name: string, test: (principal: Principal) => boolean): Rule =>
  rule(name, { cache: 'contextual' })((_parent, _args, context: Asked) => test(context.principal))

/** A rule that looks at the object (and the arguments) too. Pure and synchronous. */
export const object = <Parent, Args = unknown>(
  name: string,
  test: (principal: Principal, parent: Parent, args: Args) => boolean,
): Rule => rule(name, { cache: 'no_cache' })((parent, args, context: Asked) => test(context.principal, parent, args))

export const signedIn = caller('signed in', (principal) => principal.kind !== 'anonymous')

/** A person, not a machine client. */
export const person = caller('a person', (principal) => principal.kind === 'user')

/** The caller's token carries this exact scope. */
export const has = (scope: string): Rule =>
  caller(`scope ${scope}`, (principal) => principal.kind !== 'anonymous' && principal.scopes.has(scope))

/** The caller is in this group, named `issuer:group`. */
export const inGroup = (group: string): Rule =>
  caller(`group ${group}`, (principal) => principal.kind !== 'anonymous' && principal.groups.has(group))
