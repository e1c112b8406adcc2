/** Parses `FIELDNOTES_ISSUERS`: OpenID Connect issuers that are configured without code. It uses no network. */
import { isObject, isText, type Member, members, type Row } from './oidc-issuer-members.ts'
import { publicUrlFaults } from './public-url.ts'
import { scopeTable } from './scopes.ts'

/** One issuer of the list. Members and meanings are those of `OidcIssuer` in `@fieldnotes/identity/issuer`. */
export interface OidcIssuerSetting {
  readonly name: string
  readonly issuer: string
  readonly jwksUri: string
  readonly audience: string
  /**
   * `null` accepts every client to which the issuer gives a token for `audience`, as a third party unless
   * `serviceClientIds` lists it. It has no default.
   */
  readonly clientIds: readonly string[] | null
  readonly serviceClientIds?: readonly string[]
  /** Default: `["RS256"]`. */
  readonly algorithms: readonly ('RS256' | 'ES256')[]
  /** The issuer's scope → the API's scopes. Default: the API's scopes under their own names. */
  readonly scopes: Readonly<Record<string, readonly string[]>>
  readonly issuerAudiences?: readonly string[]
  /** Seconds, at most 86,400. Default: 3,660. */
  readonly lifetimeSecondsMax?: number
  readonly claims?: { readonly clientId?: 'client_id' | 'azp'; readonly groups?: string }
}

/**
 * Where the settings apply. On a laptop, issuers may be at `http://localhost`; a deployment refuses to start with them.
 */
export type DeploymentKind = 'laptop' | 'deployed'

/** The result: either issuers or faults. */
export interface ParsedIssuers {
  /** Empty when there is a fault. */
  readonly issuers: readonly OidcIssuerSetting[]
  /** One sentence for each fault. It names the member and never quotes its value. */
  readonly faults: readonly string[]
}

/** The environment variable. Every message names it. */
export const issuersVariable = 'FIELDNOTES_ISSUERS'

/** Parses a JSON list of at most ten issuers and adds defaults. Empty text is an empty list. */
export function parseOidcIssuers(text: string, deployment: DeploymentKind): ParsedIssuers {
  const list = listOf(text)
  if (list === undefined)
    return { issuers: [], faults: [`${issuersVariable} is not a JSON list of at most ten issuers`] }
  const faults = [
    ...list.flatMap((row, index) => rowFaults(row, deployment).map((fault) => `${issuersVariable}[${index}]${fault}`)),
    ...repeated(list, 'name'),
    ...repeated(list, 'issuer'),
  ]
  if (faults.length > 0) return { issuers: [], faults }
  return { issuers: (list as readonly OidcIssuerSetting[]).map((row) => ({ ...defaults, ...row })), faults }
}

/** Most issuers in the list. */
const issuersMax = 10

/** Values of members that a row may omit. */
const defaults = { algorithms: ['RS256'], scopes: scopeTable(':') } as const

function listOf(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = text.trim() === '' ? [] : JSON.parse(text)
    return Array.isArray(list) && list.length <= issuersMax ? list : undefined
  } catch {
    return undefined
  }
}

function rowFaults(row: unknown, deployment: DeploymentKind): readonly string[] {
  if (!isObject(row)) return [' is not an object']
  const unknown = Object.keys(row).filter((name) => !Object.hasOwn(members, name))
  return [
    ...unknown.map((name) => `.${name.slice(0, 40)} is not one of ${Object.keys(members).join(', ')}`),
    ...Object.entries(members).flatMap(([name, member]) => memberFaults(row, name, member)),
    ...(deployment === 'deployed' ? publicFaults(row) : []),
    ...(isDivided(row) ? [] : ['.serviceClientIds has a client that is in clientIds, too']),
  ]
}

function memberFaults(row: Row, name: string, { fits, form, optional }: Member): readonly string[] {
  const value = row[name]
  if (value === undefined) return optional ? [] : [`.${name} is missing: ${form}`]
  return fits(value) ? [] : [`.${name} is not ${form}`]
}

function publicFaults(row: Row): readonly string[] {
  return ['issuer', 'jwksUri'].flatMap((name) => {
    const url = row[name]
    return isText(url) ? publicUrlFaults(url).map((fault) => `.${name} ${fault}`) : []
  })
}

function isDivided({ clientIds, serviceClientIds }: Row): boolean {
  return (
    !Array.isArray(clientIds) ||
    !Array.isArray(serviceClientIds) ||
    !serviceClientIds.some((id) => clientIds.includes(id))
  )
}

function repeated(list: readonly unknown[], name: string): readonly string[] {
  const values = list.flatMap((row) => (isObject(row) && isText(row[name]) ? [row[name]] : []))
  return new Set(values).size === values.length ? [] : [`${issuersVariable}: two issuers have one ${name}`]
}
