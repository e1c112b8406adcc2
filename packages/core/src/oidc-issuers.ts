/** OpenID Connect issuers configured by settings alone: the JSON of `FIELDNOTES_ISSUERS`, checked without a network. */
import { isObject, isText, type Member, members, type Row } from './oidc-issuer-members.ts'
import { publicUrlFaults } from './public-url.ts'
import { scopeTable } from './scopes.ts'

/** One issuer of the list. Members and meanings are those of `OidcIssuer` in `@fieldnotes/identity/issuer`. */
export interface OidcIssuerSetting {
  readonly name: string
  readonly issuer: string
  readonly jwksUri: string
  readonly audience: string
  /** `null` accepts every client to which the issuer gives a token for `audience`; it has to be written. */
  readonly clientIds: readonly string[] | null
  readonly serviceClientIds?: readonly string[]
  /** `["RS256"]` unless given. */
  readonly algorithms: readonly ('RS256' | 'ES256')[]
  /** The issuer's scope → our scopes. `notes:read` is `notes:read`, and so on, unless given. */
  readonly scopes: Readonly<Record<string, readonly string[]>>
  readonly issuerAudiences?: readonly string[]
  /** 3,660 unless given, at most 86,400. */
  readonly lifetimeSecondsMax?: number
  readonly claims?: { readonly clientId?: 'client_id' | 'azp'; readonly groups?: string }
}

/** On a laptop issuers may be at `http://localhost`; deployed code refuses to start with such an issuer. */
export type Place = 'laptop' | 'deployed'

export interface ParsedIssuers {
  /** Empty when there is a fault. */
  readonly issuers: readonly OidcIssuerSetting[]
  /** Sentences that name the member and never its value. */
  readonly faults: readonly string[]
}

/** Name of the environment variable, and of the setting in every message. */
export const issuersVariable = 'FIELDNOTES_ISSUERS'

/** Reads the list of at most ten issuers. Empty text is an empty list. */
export function parseOidcIssuers(text: string, place: Place): ParsedIssuers {
  const list = listOf(text)
  if (list === undefined)
    return { issuers: [], faults: [`${issuersVariable} is not a JSON list of at most ten issuers`] }
  const faults = [
    ...list.flatMap((row, index) => rowFaults(row, place).map((fault) => `${issuersVariable}[${index}]${fault}`)),
    ...repeated(list, 'name'),
    ...repeated(list, 'issuer'),
  ]
  if (faults.length > 0) return { issuers: [], faults }
  return { issuers: (list as readonly OidcIssuerSetting[]).map((row) => ({ ...defaults, ...row })), faults }
}

/** For members that a row may leave out. */
const defaults = { algorithms: ['RS256'], scopes: scopeTable(':') } as const

function listOf(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = text.trim() === '' ? [] : JSON.parse(text)
    return Array.isArray(list) && list.length <= 10 ? list : undefined
  } catch {
    return undefined
  }
}

function rowFaults(row: unknown, place: Place): readonly string[] {
  if (!isObject(row)) return [' is not an object']
  const unknown = Object.keys(row).filter((name) => !Object.hasOwn(members, name))
  return [
    ...unknown.map((name) => `.${name.slice(0, 40)} is not one of ${Object.keys(members).join(', ')}`),
    ...Object.entries(members).flatMap(([name, member]) => memberFaults(row, name, member)),
    ...(place === 'deployed' ? publicFaults(row) : []),
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
