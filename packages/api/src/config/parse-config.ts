/** Parses the links and variables of a deployed function into its configuration, or lists every fault in them. */

import { executors } from '@fieldnotes/core/executors'
import { environmentFaults } from '@fieldnotes/identity/environment-faults'
import type { Config, ServiceAccount } from './config.ts'
import { cognitoIssuer, firebaseIssuer, oidcIssuers, ownIssuer } from './issuers.ts'
import { parseServiceAccount } from './service-account.ts'

type Unknown = Readonly<Record<string, unknown>>

/** SST's links by name; undefined where a link is missing. */
export interface Links {
  readonly App: unknown
  readonly Notes: unknown
  readonly CursorSecrets: unknown
  readonly FirebaseServiceAccount: unknown
}

/** A name that DynamoDB accepts. */
const tableName = /^[\w.-]{3,255}$/

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The configuration of a deployed stage.
 * @throws Error that lists every fault, one a line, and quotes no secret.
 */
export function parseConfig(links: Links, environment: Environment): Config {
  const faults: string[] = []
  const given = readerOf(links, faults)
  const stage = given.text('App', 'stage', /^[A-Za-z0-9-]+$/)
  const resource = given.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = given.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const table = { name: given.text('Notes', 'tableName', tableName), region }
  const access = { name: given.text('Notes', 'accessTableName', tableName), region }
  const userPoolId = given.text('Notes', 'userPoolId', new RegExp(`^${region}_[A-Za-z0-9]+$`))
  const clientIds = given.list('Notes', 'clientIds')
  const cursorSecrets = keysIn(given.text('CursorSecrets', 'value', /^/))
  const project = given.text('Notes', 'firebaseProject', /^$|^[a-z][a-z0-9-]{4,28}[a-z0-9]$/)
  const operations = given.text('Notes', 'operations', /^(any|listed)$/) === 'listed' ? 'listed' : 'any'
  const others = oidcIssuers(given.member('Notes', 'issuers'), faults)
  const own = ownIssuer(given.member('Notes', 'fieldnotesIssuer'), faults)
  const executor = given.optional('Notes', 'executor', executors)
  const account = serviceAccountOf(given.text('FirebaseServiceAccount', 'value', /^/), project, faults)
  faults.push(...secretFaults(cursorSecrets), ...variableFaults(environment), ...environmentFaults(environment))
  if (faults.length > 0) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  return {
    stage,
    development: false,
    resource,
    issuers: [
      cognitoIssuer(userPoolId, clientIds),
      ...(project ? [firebaseIssuer(project, account !== undefined)] : []),
      ...own,
      ...others,
    ],
    table,
    access,
    cursorSecrets,
    operations,
    executor,
    ...(account && { firebaseServiceAccount: account }),
  }
}

/** Reads members of links, and adds a fault for each that is missing or not usable. */
function readerOf(links: Links, faults: string[]) {
  const member = (link: keyof Links, name: string): unknown => {
    const value = links[link]
    return typeof value === 'object' && value !== null ? (value as Unknown)[name] : undefined
  }
  return {
    member,
    text(link: keyof Links, name: string, pattern: RegExp): string {
      const value = member(link, name)
      if (typeof value === 'string' && pattern.test(value)) return value
      faults.push(`${link}.${name} is ${value === undefined ? 'missing' : 'not usable'}`)
      return ''
    },
    /** One of `words`; undefined where the member is missing. */
    optional<Word extends string>(link: keyof Links, name: string, words: readonly Word[]): Word | undefined {
      const value = member(link, name)
      const word = words.find((each) => each === value)
      if (value !== undefined && word === undefined) faults.push(`${link}.${name} is not usable`)
      return word
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

/** White space around a key is not part of it: `new, old` means `new,old`. */
function keysIn(text: string): readonly string[] {
  return text.split(',').map((key) => key.trim())
}

function secretFaults(secrets: readonly string[]): readonly string[] {
  return secrets.flatMap((secret, index) => {
    const long = Buffer.byteLength(secret) >= 32
    const first = secrets.indexOf(secret) === index
    return long && first ? [] : [`CursorSecrets: key ${index + 1} is ${long ? 'there twice' : 'shorter than 32 bytes'}`]
  })
}

/** Faults for variables that redirect the AWS SDK, or that switch libraries to development. */
function variableFaults(environment: Environment): readonly string[] {
  return [
    ...Object.keys(environment)
      .filter((name) => /^(DYNAMODB_ENDPOINT|AWS_ENDPOINT_URL(_.+)?)$/.test(name) && environment[name])
      .map((name) => `environment: ${name} is set`),
    ...(environment.NODE_ENV === 'production' ? [] : ['environment: NODE_ENV is not production']),
  ]
}

/** Undefined for an empty text: no account is checked. */
function serviceAccountOf(text: string, project: string, faults: string[]): ServiceAccount | undefined {
  if (text === '') return undefined
  const account = parseServiceAccount(text, project)
  if (!('fault' in account)) return account
  faults.push(`FirebaseServiceAccount ${account.fault}`)
  return undefined
}
