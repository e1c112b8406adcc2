/** Parses the links and variables of the deployed functions into their configurations, or lists every fault in them. */
import type { ServiceAccount } from '@fieldnotes/api/config'
import { parseServiceAccount } from '@fieldnotes/api/service-account'
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import { readIssuers } from '@fieldnotes/stage/issuers'
import { createLinkReader, type LinkReader } from '@fieldnotes/stage/link-reader'
import { variableFaults } from '@fieldnotes/stage/variable-faults'
import type { EntryConfig, SessionConfig } from '../config.ts'
import { readOwnIssuer, readProvider } from './read-clients.ts'

/** SST's links by name; undefined where a link is missing. */
export interface EntryLinks {
  readonly Notes: unknown
  /** Where browsers reach the app. */
  readonly SessionOrigin: unknown
  /** The function that refreshes. */
  readonly SessionFunction: unknown
}

/** Links of the function that signs in. */
export interface SessionLinks extends Pick<EntryLinks, 'Notes' | 'SessionOrigin'> {
  /** The confidential client at the user pool, and the pool's pages. */
  readonly SessionProvider: unknown
  /** The secret of the client at our own issuer. */
  readonly SessionIssuer: unknown
  /** The key of KMS. */
  readonly SessionKey: unknown
}

/** Links of the function that informs issuers. */
export interface InformLinks extends SessionLinks {
  /** JSON of a service account; empty where no Firebase project is informed. */
  readonly FirebaseServiceAccount: unknown
}

type Environment = Readonly<Record<string, string | undefined>>
type Name = keyof EntryLinks | keyof InformLinks

/** A deployed configuration, and the region of its resources. */
interface Deployed<Config> {
  readonly config: Config
  readonly region: string
}

/**
 * The configuration of the deployed entry, and the name of the function that refreshes.
 * @throws Error that lists every fault, one a line, and quotes no value
 */
export function parseEntryConfig(
  links: EntryLinks,
  environment: Environment,
): Deployed<EntryConfig> & { readonly refreshFunction: string } {
  return parsed<EntryLinks, ReturnType<typeof parseEntryConfig>>(links, environment, (read) => {
    const shared = readShared(read)
    return { ...shared, refreshFunction: read.text('SessionFunction', 'name', /^[\w-]{1,64}$/) }
  })
}

/**
 * The configuration of the deployed function that signs in, and the ARN of its key.
 * @throws Error as `parseEntryConfig`
 */
export function parseSessionConfig(
  links: SessionLinks,
  environment: Environment,
): Deployed<SessionConfig> & { readonly keyArn: string } {
  return parsed<SessionLinks, ReturnType<typeof parseSessionConfig>>(links, environment, readSession)
}

/**
 * The configuration of the deployed function that informs issuers: the user pool, and Firebase where there is a service
 * account.
 * @throws Error as `parseEntryConfig`
 */
export function parseInformConfig(
  links: InformLinks,
  environment: Environment,
): ReturnType<typeof parseSessionConfig> & {
  readonly userPoolId: string
  readonly account: ServiceAccount | undefined
} {
  return parsed<InformLinks, ReturnType<typeof parseInformConfig>>(links, environment, (read) => ({
    ...readSession(read),
    userPoolId: read.text('Notes', 'userPoolId', /^/),
    account: readAccount(read),
  }))
}

/** The service account of the Firebase project that the stage trusts. A fault quotes nothing of it. */
function readAccount(read: LinkReader<Name>): ServiceAccount | undefined {
  const text = read.text('FirebaseServiceAccount', 'value', /^/)
  if (text === '') return undefined
  const account = parseServiceAccount(text, String(read.member('Notes', 'firebaseProject')))
  if (!('fault' in account)) return account
  read.fail([`FirebaseServiceAccount ${account.fault}`])
  return undefined
}

function readSession(read: LinkReader<Name>): Deployed<SessionConfig> & { readonly keyArn: string } {
  const { config, region } = readShared(read)
  const keyArn = read.text('SessionKey', 'arn', keyArnIn(region))
  const provider = readProvider(read, config.issuers, region)
  return { region, keyArn, config: { ...config, provider, ownIssuer: readOwnIssuer(read, config.issuers) } }
}

function parsed<Links extends object, Out>(
  links: Links,
  environment: Environment,
  read: (given: LinkReader<Name>) => Out,
): Out {
  const faults: string[] = []
  const out = read(createLinkReader(links as Readonly<Record<Name, unknown>>, faults))
  faults.push(...variableFaults(environment))
  if (faults.length > 0) throw new Error(['the configuration is not usable:', ...faults].join('\n- '))
  return out
}

function readShared(read: LinkReader<Name>): Deployed<EntryConfig> {
  const resource = read.text('Notes', 'resource', /^https:\/\/[^\s/#?]+\/graphql$/)
  const region = read.text('Notes', 'region', /^[a-z]{2}(-[a-z]+)+-\d$/)
  const access = { name: read.text('Notes', 'accessTableName', /^[\w.-]{3,255}$/), region }
  const { issuers } = readIssuers(read, region)
  const origin = read.text('SessionOrigin', 'origin', /^https:\/\/[a-z0-9.-]+$/)
  read.fail(publicUrlFaults(origin).map((fault) => `SessionOrigin.origin ${fault}`))
  return { region, config: { origin, resource, issuers, access } }
}

/** A key by its ARN: an alias could be pointed at another key, under which no stored data key opens. */
function keyArnIn(region: string): RegExp {
  return new RegExp(`^arn:aws[\\w-]*:kms:${region}:\\d{12}:key/[\\w-]{1,128}$`)
}
