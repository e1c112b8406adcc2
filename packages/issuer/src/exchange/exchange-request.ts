/** The parameters of a token exchange (RFC 8693 §2.1). */
import { ExchangeRefusal } from './exchange-refusal.ts'

const tokenTypes = 'urn:ietf:params:oauth:token-type:'

/** Types of tokens (RFC 8693 §3) that are taken or given. */
export const tokenType = {
  access: `${tokenTypes}access_token`,
  id: `${tokenTypes}id_token`,
  jwt: `${tokenTypes}jwt`,
} as const

/** A type of a subject token. */
export type SubjectType = (typeof tokenType)[keyof typeof tokenType]

/** Names of the parameters. Only those of the second list may be repeated. */
export const exchangeParameters = [
  ...['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type', 'requested_token_type', 'scope'],
  ...['resource', 'audience'],
] as const
export const repeatedParameters = ['resource', 'audience'] as const

/** Parameters as they were sent. */
export type GivenParameters = {
  readonly [Name in (typeof exchangeParameters)[number]]?: string | readonly string[] | undefined
}

/** A request of good form. */
export interface ExchangeRequest {
  readonly subjectToken: string
  readonly subjectType: SubjectType
  /** The `aud` of the token that is wanted. */
  readonly target: string
  /** Empty when none are named: then the token gets all that it may have. */
  readonly scopes: readonly string[]
}

/** @throws ExchangeRefusal for a parameter that is missing or not supported */
export function parseExchange(given: GivenParameters): ExchangeRequest {
  const subjectToken = required(given, 'subject_token')
  // One spelling alone: a token that was used is known by its text.
  if (!/^[\w.-]+$/.test(subjectToken)) return refuse('subject_token is not valid')
  const subjectType = required(given, 'subject_token_type')
  if (!isSubjectType(subjectType)) return refuse('subject_token_type is not supported')
  if (given.actor_token !== undefined || given.actor_token_type !== undefined)
    return refuse('actor_token is not supported: the client is the actor')
  const wanted = given.requested_token_type ?? tokenType.access
  if (wanted !== tokenType.access && wanted !== tokenType.jwt) return refuse('requested_token_type is not supported')
  return { subjectToken, subjectType, target: targetOf(given), scopes: scopesOf(given.scope) }
}

function refuse(message: string): never {
  throw new ExchangeRefusal('invalid_request', message)
}

function required(given: GivenParameters, name: 'subject_token' | 'subject_token_type'): string {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : refuse(`missing required parameter '${name}'`)
}

function isSubjectType(type: string): type is SubjectType {
  return Object.values(tokenType).some((known) => known === type)
}

/** One target, named by `resource` (RFC 8707) or by `audience`; by both only where they agree. */
function targetOf({ resource = [], audience = [] }: GivenParameters): string {
  const [target, ...others] = new Set([resource, audience].flat())
  if (target !== undefined && others.length === 0) return target
  throw new ExchangeRefusal('invalid_target', 'name exactly one target by resource or audience')
}

function scopesOf(scope: GivenParameters['scope']): readonly string[] {
  return [...new Set(String(scope ?? '').split(' '))].filter((each) => each !== '')
}
