/** What a deployed function was told → its configuration, or a list of everything that is wrong with it. */
import { parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import { scopeTable } from '@fieldnotes/core/scopes'
import { environmentFaults } from '@fieldnotes/identity/environment-faults'
import type { CognitoIssuer, FirebaseIssuer, OidcIssuer } from '@fieldnotes/identity/issuer'
import type { Config, ServiceAccount } from './endpoint-config.ts'
import { parseServiceAccount } from './service-account.ts'

type Unknown = Readonly<Record<string, unknown>>

/** Links as SST hands them over, by name; a link that is missing is undefined. */
export interface Links {
  readonly App: unknown
  readonly Notes: unknown
  readonly CursorSecrets: unknown
  readonly FirebaseServiceAccount: unknown
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The configuration of a deployed stage.
 * @throws Error that lists every fault, one a line, and quotes no secret.
 */
export function parseConfig(links: Links, environment: Environment): Config {
  const faults: string[] = []
  const told = readerOf(links, faults)
  const stage = told.text('App', 'stage', /^[A-Za-z0-9-]+$/)
  const resource = told.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = told.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const table = { name: told.text('Notes', 'tableName', /^[\w.-]{3,255}$/), region }
  const userPoolId = told.text('Notes', 'userPoolId', new RegExp(`^${region}_[A-Za-z0-9-]+$`))
  const clientIds = told.list('Notes', 'clientIds')
  const cursorSecrets = keysIn(told.text('CursorSecrets', 'value', /^/))
  const project = told.text('Notes', 'firebaseProject', /^$|^[a-z][a-z0-9-]{4,28}[a-z0-9]$/)
  const others = oidcIssuers(links.Notes, faults)
  const operations = told.text('Notes', 'operations', /^(any|listed)$/) === 'listed' ? 'listed' : 'any'
  const account = serviceAccountOf(told.text('FirebaseServiceAccount', 'value', /^/), project, faults)
  faults.push(...secretFaults(cursorSecrets), ...variableFaults(environment), ...environmentFaults(environment))
  if (faults.length > 0) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  return {
    stage,
    development: false,
    resource,
    issuers: [
      cognito(region, userPoolId, clientIds),
      ...(project ? [firebase(project, account !== undefined)] : []),
      ...others,
    ],
    table,
    cursorSecrets,
    operations,
    ...(account && { firebaseServiceAccount: account }),
  }
}

function readerOf(links: Links, faults: string[]) {
  const member = (link: keyof Links, name: string): unknown => {
    const value = links[link]
    return typeof value === 'object' && value !== null ? (value as Unknown)[name] : undefined
  }
  return {
    text(link: keyof Links, name: string, pattern: RegExp): string {
      const value = member(link, name)
      if (typeof value === 'string' && pattern.test(value)) return value
      faults.push(`${link}.${name} is ${value === undefined ? 'missing' : 'not usable'}`)
      return ''
    },
    list(link: keyof Links, name: string): readonly string[] {
      const value = member(link, name)
      if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item))
        return value
      faults.push(`${link}.${name} is not a list of names`)
      return []
    },
  }
}

/** Space around a key is no part of it: `new, old` is `new,old`. */
function keysIn(text: string): readonly string[] {
  return text.split(',').map((key) => key.trim())
}

function secretFaults(secrets: readonly string[]): readonly string[] {
  return secrets.flatMap((secret, place) => {
    const long = Buffer.byteLength(secret) >= 32
    const first = secrets.indexOf(secret) === place
    return long && first ? [] : [`CursorSecrets: key ${place + 1} is ${long ? 'there twice' : 'shorter than 32 bytes'}`]
  })
}

/** Variables that would lead the function away from AWS, or tell libraries that this is not production. */
function variableFaults(environment: Environment): readonly string[] {
  return [
    ...Object.keys(environment)
      .filter((name) => /^(DYNAMODB_ENDPOINT|AWS_ENDPOINT_URL(_.+)?)$/.test(name) && environment[name])
      .map((name) => `environment: ${name} is set`),
    ...(environment.NODE_ENV === 'production' ? [] : ['environment: NODE_ENV is not production']),
  ]
}

function cognito(region: string, userPoolId: string, clientIds: readonly string[]): CognitoIssuer {
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`
  return {
    kind: 'cognito',
    name: 'cognito',
    issuer,
    issuerAlias: `https://issuer-cognito-idp.${region}.amazonaws.com/${userPoolId}`,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    scopes: scopeTable('/'),
    clientIds,
  }
}

const firebaseKeys = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

/** Firebase knows no scopes: a person's app may do what our own web client may, unless a custom claim says otherwise. */
function firebase(projectId: string, onlineCheck: boolean): FirebaseIssuer {
  return {
    kind: 'firebase',
    name: 'firebase',
    issuer: `https://securetoken.google.com/${projectId}`,
    jwksUri: firebaseKeys,
    scopes: scopeTable(':'),
    projectId,
    tenant: null,
    defaultScopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
    ...(onlineCheck && { onlineCheck }),
  }
}

/** Issuers that a deployment adds by its settings (`FIELDNOTES_ISSUERS`). A stage that was deployed without that member has none. */
function oidcIssuers(notes: unknown, faults: string[]): readonly OidcIssuer[] {
  const text = (notes as Unknown | undefined)?.issuers ?? ''
  const parsed = parseOidcIssuers(String(text), 'deployed')
  faults.push(...parsed.faults.map((fault) => `Notes.issuers: ${fault}`))
  return parsed.issuers.map((row) => ({ kind: 'oidc', ...row }))
}

/** Empty: no online checks. */
function serviceAccountOf(text: string, project: string, faults: string[]): ServiceAccount | undefined {
  if (text === '') return undefined
  const account = parseServiceAccount(text, project)
  if (!('fault' in account)) return account
  faults.push(`FirebaseServiceAccount ${account.fault}`)
  return undefined
}
