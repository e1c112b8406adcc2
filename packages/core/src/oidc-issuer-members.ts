/** The members of one issuer of `FIELDNOTES_ISSUERS`, and the values that each takes. */
import { isIssuerName, issuerLifetimeSecondsMax } from './issuer-rules.ts'
import { scopeOwner, scopes } from './scopes.ts'

/** One issuer of the list, not checked yet. */
export type Row = Readonly<Record<string, unknown>>

/** What one member of an issuer may be. */
export interface Member {
  readonly fits: (value: unknown) => boolean
  /** The form of an accepted value, for messages. */
  readonly form: string
  readonly optional?: true
}

/** Names of the issuers that the product configures itself. */
const taken = ['cognito', 'firebase', 'fieldnotes']

const apiScopes = Object.keys(scopes).map((name) => `${scopeOwner}:${name}`)

/** The members of an issuer. */
export const members: Readonly<Record<string, Member>> = {
  name: {
    fits: (value) => isIssuerName(value) && !taken.includes(value),
    form: `1 to 32 lower-case letters, digits and hyphens, and none of ${taken.join(', ')}`,
  },
  issuer: { fits: isUrl, form: 'the URL in the claim `iss`, to the last slash' },
  jwksUri: { fits: isUrl, form: 'the URL of the key set, `jwks_uri` in the discovery document' },
  audience: { fits: isWord, form: 'the value of the claim `aud` of this API' },
  clientIds: {
    fits: (value) => value === null || (isListOf(value, isWord) && value.length > 0),
    form: 'a list of client ids, or null for every client of the issuer',
  },
  serviceClientIds: { fits: (value) => isListOf(value, isWord), form: 'a list of client ids', optional: true },
  algorithms: {
    fits: (value) => isListOf(value, (item) => item === 'RS256' || item === 'ES256') && value.length > 0,
    form: 'a list of RS256 and ES256',
    optional: true,
  },
  scopes: {
    fits: (value) => isObject(value) && Object.values(value).every((list) => isListOf(list, isOurScope)),
    form: `an object from a scope of the issuer to a list of ${apiScopes.join(', ')}`,
    optional: true,
  },
  issuerAudiences: { fits: (value) => isListOf(value, isWord), form: 'a list of audiences', optional: true },
  lifetimeSecondsMax: {
    fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= issuerLifetimeSecondsMax,
    form: `whole seconds from 1 to ${issuerLifetimeSecondsMax}`,
    optional: true,
  },
  claims: { fits: isClaimNames, form: '{ "clientId": "client_id" or "azp", "groups": a claim }', optional: true },
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a string. */
export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWord(value: unknown): boolean {
  return isText(value) && /^[!-~]{1,256}$/.test(value)
}

function isUrl(value: unknown): boolean {
  return isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

function isOurScope(value: unknown): boolean {
  return isText(value) && apiScopes.includes(value)
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(fits)
}

function isClaimNames(value: unknown): boolean {
  if (!isObject(value)) return false
  const { clientId = 'client_id', groups = 'groups', ...others } = value
  return (clientId === 'client_id' || clientId === 'azp') && isWord(groups) && Object.keys(others).length === 0
}
