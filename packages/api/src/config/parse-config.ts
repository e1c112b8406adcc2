/** Parses the links and variables of a deployed function into its configuration, or lists every fault in them. */

import { executors } from '@fieldnotes/core/executors'
import { groupModes } from '@fieldnotes/core/group-policy'
import type { Issuer } from '@fieldnotes/identity/issuer'
import { readClientScopes } from '@fieldnotes/stage/client-scopes'
import { readIssuers } from '@fieldnotes/stage/issuers'
import { createLinkReader } from '@fieldnotes/stage/link-reader'
import { readSignedRequests } from '@fieldnotes/stage/signed-requests'
import { variableFaults } from '@fieldnotes/stage/variable-faults'
import { apiKeyDemands, type Config, decisionSamples, gates, type ServiceAccount } from './config.ts'
import { readDownstream } from './read-downstream.ts'
import { parseServiceAccount } from './service-account.ts'

/** SST's links by name; undefined where a link is missing. */
export interface Links {
  readonly App: unknown
  readonly Notes: unknown
  readonly CursorSecrets: unknown
  readonly FirebaseServiceAccount: unknown
  /** The endpoint's secret at the stage's own issuer. */
  readonly ApiClient?: unknown
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
  const given = createLinkReader<keyof Links>({ ApiClient: undefined, ...links }, faults)
  const stage = given.text('App', 'stage', /^[A-Za-z0-9-]+$/)
  const resource = given.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = given.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const table = { name: given.text('Notes', 'tableName', tableName), region }
  const access = { name: given.text('Notes', 'accessTableName', tableName), region }
  const rates = { name: given.text('Notes', 'ratesTableName', tableName), region }
  const apiKeys = given.word('Notes', 'apiKeys', apiKeyDemands)
  const cursorSecrets = keysIn(given.text('CursorSecrets', 'value', /^/))
  const { issuers, firebaseProject } = readIssuers(given, region)
  const clientScopes = readClientScopes(given)
  const operations = given.text('Notes', 'operations', /^(any|listed)$/) === 'listed' ? 'listed' : 'any'
  const executor = given.optional('Notes', 'executor', executors)
  const decisionSample = given.optional('Notes', 'decisionSample', decisionSamples)
  const gate = given.word('Notes', 'gate', gates)
  const groups = given.optional('Notes', 'groups', groupModes) ?? 'open'
  const iam = readSignedRequests(given, issuers)
  const downstream = readDownstream(given, resource)
  const account = serviceAccountOf(given.text('FirebaseServiceAccount', 'value', /^/), firebaseProject, faults)
  faults.push(...secretFaults(cursorSecrets), ...variableFaults(environment))
  if (faults.length > 0) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  return {
    stage,
    development: false,
    resource,
    issuers: account ? issuers.map(checkedOnline) : issuers,
    ...(clientScopes && { clientScopes }),
    table,
    access,
    rates,
    apiKeys,
    cursorSecrets,
    operations,
    executor,
    ...(decisionSample && { decisionSample }),
    gate,
    groups,
    ...(iam && { iam }),
    ...(downstream && { downstream }),
    ...(account && { firebaseServiceAccount: account }),
  }
}

/** Firebase accounts are checked online where there is a credential for it. */
function checkedOnline(row: Issuer): Issuer {
  return row.kind === 'firebase' ? { ...row, onlineCheck: true } : row
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

/** Undefined for an empty text: no account is checked. */
function serviceAccountOf(text: string, project: string, faults: string[]): ServiceAccount | undefined {
  if (text === '') return undefined
  const account = parseServiceAccount(text, project)
  if (!('fault' in account)) return account
  faults.push(`FirebaseServiceAccount ${account.fault}`)
  return undefined
}
