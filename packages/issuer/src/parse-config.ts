/** Parses the links and variables of the deployed issuer into its settings, or lists every fault in them. */
import { groupModes } from '@fieldnotes/core/group-policy'
import { readIssuers } from '@fieldnotes/stage/issuers'
import { createLinkReader, type LinkReader } from '@fieldnotes/stage/link-reader'
import { readPoolClient } from '@fieldnotes/stage/pool-client-link'
import { variableFaults } from '@fieldnotes/stage/variable-faults'
import type { Credentials } from './clients/issuer-client.ts'
import type { IssuerSettings } from './issuer-settings.ts'
import { kmsKeys } from './keys/aws-kms.ts'
import type { ConfiguredKey } from './keys/key-ring.ts'
import { identityToolkit, type SignInSettings } from './sign-in/sign-in-settings.ts'

/** SST's links by name; undefined where a link is missing. */
export interface Links {
  readonly Notes: unknown
  readonly IssuerSettings: unknown
  /** The client of the user pool in which people sign in, and what their sign-ins need. */
  readonly IssuerSignIn: unknown
}

type Given = LinkReader<keyof Links>

/**
 * The settings of a deployed issuer. Its keys are at KMS, and it trusts no issuer that is not on the public internet.
 * @throws Error that lists every fault, one a line, and quotes no value
 */
export function parseConfig(links: Links, environment: Readonly<Record<string, string | undefined>>): IssuerSettings {
  const faults: string[] = []
  const given = createLinkReader(links, faults)
  const resource = given.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = given.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const access = { name: given.text('Notes', 'accessTableName', /^[\w.-]{3,255}$/), region }
  const issuer = given.text('Notes', 'fieldnotesIssuer', /^https:\/\/[^\s/#?]+\/oauth$/)
  const { issuers } = readIssuers(given, region)
  const groups = given.optional('Notes', 'groups', groupModes) ?? 'open'
  const webClientIds = given.list('IssuerSettings', 'webClientIds')
  const keys = keysOf(given, region)
  const credentials = credentialsOf(given)
  const signIn = signInOf(given, { issuers, region })
  faults.push(...variableFaults(environment))
  if (faults.length > 0) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  return {
    issuer,
    origin: new URL(resource).origin,
    // Tokens of issuers that settings add can't be exchanged: no row of the table of grants names them.
    issuers: issuers.filter(({ kind }) => kind !== 'oidc'),
    webClientIds,
    access,
    groups,
    keys,
    keyService: kmsKeys({ region }),
    credentials,
    signIn,
    loopbackIssuers: 'refuse',
  }
}

/** Where people sign in: the user pool, and Firebase where the stage has the API key of its project. */
function signInOf(given: Given, of: Parameters<typeof readPoolClient>[2]): SignInSettings {
  const { pages: _, ...userPool } = readPoolClient(given, 'IssuerSignIn', of)
  const apiKey = given.text('IssuerSignIn', 'firebaseApiKey', /^[\w-]{0,128}$/)
  const [cookieSecret = '', ...earlier] = given.list('IssuerSignIn', 'cookieSecrets')
  return {
    userPool,
    ...(apiKey && { firebase: { apiKey, identityToolkit } }),
    cookieSecrets: [cookieSecret, ...earlier],
  }
}

/** Signing keys by their ARN at KMS, in the region of the stage. Their states are judged with the other settings. */
function keysOf(given: Given, region: string): readonly ConfiguredKey[] {
  const rows = given.member('IssuerSettings', 'keys')
  const isArn = new RegExp(`^arn:aws[a-z-]*:kms:${region}:\\d{12}:key/[\\w-]+$`)
  if (Array.isArray(rows) && rows.every((row) => isArn.test(row?.keyId))) return rows
  given.fail(['IssuerSettings.keys is not a list of keys of KMS in the region'])
  return []
}

/** Digests of the secrets of our own clients, from JSON. They are judged with the other settings. */
function credentialsOf(given: Given): Readonly<Record<string, Credentials>> {
  const rows = parsed(given.text('IssuerSettings', 'secretDigests', /^\{/))
  const isTable = Object.values(rows).every(Array.isArray)
  if (!isTable) given.fail(['IssuerSettings.secretDigests is not a table of clients'])
  const entries = isTable ? Object.entries(rows as Readonly<Record<string, readonly string[]>>) : []
  return Object.fromEntries(entries.map(([id, secretDigests]) => [id, { secretDigests }]))
}

/** The object of a JSON text. Text that is not JSON has no client, which the settings refuse. */
function parsed(text: string): object {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
