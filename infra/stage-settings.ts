import { developmentOrigins } from '@fieldnotes/core/cors'
import { type Executor, executors, isExecutor } from '@fieldnotes/core/executors'
import { type IamServices, parseIamServices } from '@fieldnotes/core/iam-services'
import { type OidcIssuerSetting, parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import { type Extras, extrasOf } from './extras'
import { assertKnown } from './setting-names'
import { type Environment, isOn, matching } from './setting-values'
import { type NumberedKey, signingKeysOf } from './signing-key-setting'
import { isPersonal, kindOf, properStage, type StageKind } from './stage-kind'

/** All settings of one stage. */
export interface Settings extends StageKind, Extras {
  /** Web origins that may call the API and are valid redirects of a sign-in. */
  readonly origins: readonly string[]
  readonly domain: string | null
  /** Name of the issuer, on a host of its own: its pages share no cookie with those of the API. */
  readonly issuerDomain: string | null
  /** Signing keys of the issuer. */
  readonly signingKeys: readonly NumberedKey[]
  /** Name of the web app, with the API and browser sessions; null for the name that CloudFront gives. */
  readonly webDomain: string | null
  /** Firebase project whose ID tokens are accepted; null for none. */
  readonly firebaseProject: string | null
  /** Web API key of that project, with which its people sign in at the issuer's pages; null where they don't. */
  readonly firebaseApiKey: string | null
  /** OpenID Connect issuers whose access tokens are accepted, beside those of the user pool and of Firebase. */
  readonly issuers: readonly OidcIssuerSetting[]
  /** `listed`: only operations that our own clients were built with are executed. */
  readonly operations: string
  /** What executes operations: `plans`, or graphql-js's own executor when the plans have a bug. */
  readonly executor: Executor
  /** The share of the requests whose decisions are recorded in the log; null for none. */
  readonly decisionSample: string | null
  /** Name of a table of notes that takes the place of the stage's own, such as a restored one; null for its own. */
  readonly table: string | null
  /** Whether people may sign in with a passkey in place of their password. */
  readonly passkeys: boolean
  /** What holds for a person who is in no group with a policy: `open`, the scopes of the token; `governed`, none. */
  readonly groups: string
  /** Roles of AWS that are services: `arn:aws:sts::<account>:assumed-role/<name>` → the API's scopes. */
  readonly iamServices: IamServices
  /**
   * Whether the gateway refuses bad credentials by itself: with a bare 403, without the challenge that says what to do.
   */
  readonly gateDenies: boolean
  /** `demanded`: a token without an API key is refused. */
  readonly apiKeys: string
  /** Provisioned concurrency, out of the reserved. Each instance is billed at all times. */
  readonly provisioned: number
}

/**
 * Settings of a stage: its defaults, changed by `FIELDNOTES_*` variables, which SST also reads from `.env.<stage>`.
 * @throws Error with the name of a variable whose value is invalid
 */
export function settingsOf(stage: string, env: Environment): Settings {
  assertKnown(env)
  const kind = kindOf(properStage(stage))
  const extras = extrasOf(kind.keep, env)
  return {
    ...kind,
    ...extras,
    origins: originsOf(stage, env.FIELDNOTES_ORIGINS),
    domain: matching('FIELDNOTES_DOMAIN', env.FIELDNOTES_DOMAIN, domainName),
    issuerDomain: issuerDomainOf(env),
    signingKeys: signingKeysOf(env.FIELDNOTES_SIGNING_KEYS),
    webDomain: webDomainOf(env, extras),
    firebaseProject: matching(
      'FIELDNOTES_FIREBASE_PROJECT',
      env.FIELDNOTES_FIREBASE_PROJECT,
      /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    ),
    firebaseApiKey: firebaseApiKeyOf(env),
    issuers: issuersOf(env.FIELDNOTES_ISSUERS),
    operations: matching('FIELDNOTES_OPERATIONS', env.FIELDNOTES_OPERATIONS, /^(any|listed)$/) ?? 'any',
    executor: executorOf(env.FIELDNOTES_EXECUTOR),
    decisionSample: matching('FIELDNOTES_DECISION_SAMPLE', env.FIELDNOTES_DECISION_SAMPLE, /^(0\.001|0\.01|0\.1|1)$/),
    table: matching('FIELDNOTES_TABLE', env.FIELDNOTES_TABLE, /^[A-Za-z0-9_.-]{3,255}$/),
    passkeys: isOn(env, 'FIELDNOTES_PASSKEYS'),
    groups: matching('FIELDNOTES_GROUPS', env.FIELDNOTES_GROUPS, /^(open|governed)$/) ?? 'open',
    iamServices: iamServicesOf(env.FIELDNOTES_IAM_SERVICES),
    gateDenies: isOn(env, 'FIELDNOTES_GATE_DENIES'),
    apiKeys: matching('FIELDNOTES_API_KEYS', env.FIELDNOTES_API_KEYS, /^(optional|demanded)$/) ?? 'optional',
    provisioned: provisionedOf(kind, env.FIELDNOTES_PROVISIONED),
  }
}

/**
 * Origins are exact: a wildcard would let any site read responses, and plain http any network. A personal stage adds
 * the ports of localhost on which web apps are developed, because an HTTP API has no wildcard for ports.
 */
function originsOf(stage: string, given: string | undefined): readonly string[] {
  const personal = isPersonal(stage)
  if (!given && !personal)
    throw new Error('FIELDNOTES_ORIGINS must list the web origins, such as https://notes.example.com')
  const added = personal ? developmentOrigins : []
  const named = given ? given.split(',').map((origin) => origin.trim()) : []
  for (const origin of named) {
    const fine = /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin) || added.includes(origin)
    if (!fine) throw new Error(`FIELDNOTES_ORIGINS: ${origin} is not an https origin`)
  }
  return [...new Set([...named, ...added])]
}

/** A name of the Internet, in lower case. */
const domainName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/

/** @throws Error for the name of another server of the stage */
function issuerDomainOf(env: Environment): string | null {
  const name = matching('FIELDNOTES_ISSUER_DOMAIN', env.FIELDNOTES_ISSUER_DOMAIN, domainName)
  const taken = ['FIELDNOTES_DOMAIN', 'FIELDNOTES_WEB_DOMAIN'].find((other) => name !== null && name === env[other])
  if (taken) throw new Error(`FIELDNOTES_ISSUER_DOMAIN and ${taken} are two servers, and need two names`)
  return name
}

/** @throws Error for the API's name, which can't be of two servers, and where there is nothing to give it to */
function webDomainOf(env: Environment, { sessions }: Extras): string | null {
  const domain = matching('FIELDNOTES_WEB_DOMAIN', env.FIELDNOTES_WEB_DOMAIN, domainName)
  if (domain === null) return null
  if (!sessions) throw new Error('FIELDNOTES_WEB_DOMAIN needs FIELDNOTES_SESSIONS=on')
  if (domain !== env.FIELDNOTES_DOMAIN) return domain
  throw new Error('FIELDNOTES_WEB_DOMAIN and FIELDNOTES_DOMAIN are two servers, and need two names')
}

/** @throws Error for a key without its project */
function firebaseApiKeyOf(env: Environment): string | null {
  const key = matching('FIELDNOTES_FIREBASE_API_KEY', env.FIELDNOTES_FIREBASE_API_KEY, /^[\w-]{20,128}$/)
  if (key === null || env.FIELDNOTES_FIREBASE_PROJECT) return key
  throw new Error('FIELDNOTES_FIREBASE_API_KEY needs FIELDNOTES_FIREBASE_PROJECT')
}

/** @throws Error for an invalid setting: the deployment fails, and not the function's start */
function issuersOf(given = ''): readonly OidcIssuerSetting[] {
  const { issuers, faults } = parseOidcIssuers(given, 'deployed')
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return issuers
}

/** @throws Error for an invalid setting, as `issuersOf` */
function iamServicesOf(given = ''): IamServices {
  const { services, faults } = parseIamServices(given)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return services
}

function executorOf(given: string | undefined): Executor {
  if (!given) return 'plans'
  if (isExecutor(given)) return given
  throw new Error(`FIELDNOTES_EXECUTOR can't be ${given}: ${executors.join(' or ')}`)
}

/**
 * Instances that functions without a reserve share in an account with the default quotas: 1,000, less the 100 that
 * Lambda lets no configuration take (Lambda, "Quotas" and "Configuring reserved concurrency").
 */
const sharedByDefault = 900

/**
 * Each deployment publishes a version, and provisions its instances before those of the last version are released. Both
 * count, so that more than half would fail the second deployment, halfway.
 */
function provisionedOf({ reserved }: StageKind, given: string | undefined): number {
  const provisioned = Number(matching('FIELDNOTES_PROVISIONED', given, /^\d{1,3}$/) ?? 0)
  const most = Math.floor((reserved ?? sharedByDefault) / 2)
  if (provisioned <= most) return provisioned
  const available = reserved !== null ? `${reserved} reserved` : `${sharedByDefault} shared`
  throw new Error(
    `FIELDNOTES_PROVISIONED can't be ${provisioned}: at most ${most}, half of the ${available} instances, ` +
      'because a deployment counts those of the last version and of the new one',
  )
}
