/** What helps against an error of the endpoint, as its `extensions.remedy` says it. */

/** A remedy. `kind` says which members it has. */
export type Remedy =
  /** Request a token with the scopes of one of the sets; the smallest is the first. */
  | { readonly kind: 'SCOPES'; readonly scopes: ScopeSets; readonly issuerScopes?: ScopeSets }
  | { readonly kind: 'SIGN_IN' }
  /** Sign in again: the sign-in may be `maxAge` seconds old (RFC 9470 §3). */
  | { readonly kind: 'STEP_UP'; readonly maxAge: number }
  | { readonly kind: 'ASK_OWNER' }
  /** Send the same request again, after this many seconds. */
  | { readonly kind: 'RETRY'; readonly after?: number }

/** Sets of scopes, of which one is enough. */
export type ScopeSets = readonly (readonly string[])[]

type Members = Readonly<Record<string, unknown>>

/** Kind → the remedy with the members of its form; undefined for another form. */
const forms: Readonly<Record<string, (members: Members) => Remedy | undefined>> = {
  SCOPES: ({ scopes, issuerScopes }) =>
    isSets(scopes) ? { kind: 'SCOPES', scopes, ...(isSets(issuerScopes) && { issuerScopes }) } : undefined,
  SIGN_IN: () => ({ kind: 'SIGN_IN' }),
  STEP_UP: ({ maxAge }) => (isSeconds(maxAge) ? { kind: 'STEP_UP', maxAge } : undefined),
  ASK_OWNER: () => ({ kind: 'ASK_OWNER' }),
  RETRY: ({ after }) => ({ kind: 'RETRY', ...(isSeconds(after) && { after }) }),
}

/** The remedy; undefined for a value of another form, and for a kind that is newer than this client. */
export function parseRemedy(value: unknown): Remedy | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const members = value as Members
  const { kind } = members
  return typeof kind === 'string' && Object.hasOwn(forms, kind) ? forms[kind]?.(members) : undefined
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}

function isSets(value: unknown): value is ScopeSets {
  return Array.isArray(value) && value.every(isSet)
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
