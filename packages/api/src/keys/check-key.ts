/**
 * Judges the API key of a request, after its caller is known: a key names the application, which decides how much may
 * be used, and gives no right.
 */
import { AppError } from '@fieldnotes/core/error'
import type { Principal } from '@fieldnotes/core/principal'
import { createLru } from '@fieldnotes/policy/lru'
import { seconds } from '@fieldnotes/table/instants'
import { type ApiKey, parseApiKey, stageInKey } from './api-key.ts'
import { type Application, clientOf } from './application.ts'
import { freshRefusalMs } from './application-memory.ts'
import { type Applications, type ApplicationsOptions, createApplications, tableMs } from './find-application.ts'
import { noteUse } from './stored-applications.ts'

/** The header that has the key. */
export const apiKeyHeader = 'x-api-key'

const hourSeconds = 3600

/** Keys whose last noted hour an instance remembers. */
const notedMax = 1000

type Headers = Readonly<Record<string, string | undefined>>

/** Returns the application of a request, by its key or by the client of its token; undefined where it has none. */
export type CheckKey = (headers: Headers, principal: Principal) => Promise<Application | undefined>

export interface CheckKeyOptions extends ApplicationsOptions {
  /** `demanded`: a token without a key is refused. */
  readonly apiKeys: 'optional' | 'demanded'
}

/** The same answer for every key that is refused. A sign-in would not change it. */
function refuse(reason: string): never {
  throw new AppError('UNAUTHENTICATED', reason, { message: 'The API key is not acceptable.', remedy: undefined })
}

function refuseMissing(): never {
  throw new AppError('UNAUTHENTICATED', 'api_key_missing', { message: 'Send an API key.', remedy: undefined })
}

/** The value of the header in any case of its name. @throws UNAUTHENTICATED for two of them */
function keyIn(headers: Headers): string | undefined {
  const values = Object.entries(headers).filter(([name]) => name.toLowerCase() === apiKeyHeader)
  return values.length > 1 ? refuse('api_key_repeated') : values[0]?.[1]
}

/** A key of good form, and whose request has it. */
interface Presented {
  readonly key: ApiKey
  readonly principal: Principal
}

/** Why an application does not accept this key now, for this stage, beside the caller's token; undefined if it does. */
function faultOf(
  found: Application,
  { key, principal }: Presented,
  { stage, clock }: CheckKeyOptions,
): string | undefined {
  const stored = found.keys.find(({ digest }) => digest === key.digest)
  if (!stored) return 'api_key_unknown'
  if (found.stage !== stage) return 'api_key_stage_wrong'
  if (stored.endsAt <= seconds(clock())) return 'api_key_expired'
  if (principal.kind === 'anonymous') return undefined
  const client = clientOf(principal)
  return client !== undefined && found.clients.includes(client) ? undefined : 'api_key_client_wrong'
}

/**
 * The application of the key. What is remembered accepts for five seconds and refuses for a fifth of one: a key that
 * an operator has just made, and a client that was just added, are read.
 * @throws UNAUTHENTICATED where the application does not accept the key
 */
async function accepted({ byId }: Applications, presented: Presented, options: CheckKeyOptions): Promise<Application> {
  const id = presented.key.application
  const known = await byId(id)
  if (known && faultOf(known, presented, options) === undefined) return known
  const found = await byId(id, freshRefusalMs)
  if (!found) return refuse('api_key_unknown')
  const fault = faultOf(found, presented, options)
  return fault === undefined ? found : refuse(fault)
}

/**
 * Creates the check. A key that has not the form of one, or is of another stage by its own words, costs no read.
 * @throws UNAUTHENTICATED for a key that is not acceptable, and for a token without a key where keys are demanded;
 * UNAVAILABLE when the table is out of reach
 */
export function createCheckKey(options: CheckKeyOptions): CheckKey {
  const { stage, apiKeys } = options
  const applications = createApplications(options)
  const note = createUseNotes(options)
  return async (headers, principal) => {
    const text = keyIn(headers)
    if (text === undefined) return isDemanded(apiKeys, principal) ? refuseMissing() : applications.ofCaller(principal)
    const key = parseApiKey(text)
    if (!key) return refuse('api_key_malformed')
    if (key.stage !== stageInKey(stage)) return refuse('api_key_stage_wrong')
    const application = await accepted(applications, { key, principal }, options)
    if (principal.kind !== 'anonymous') await note(application, key)
    return application
  }
}

/**
 * A browser session comes through our own entry, and a page can keep no key. A service of the product that acts for a
 * person is named by our own issuer, and is no application: the exporter reads through the endpoint.
 */
function isDemanded(apiKeys: CheckKeyOptions['apiKeys'], principal: Principal): boolean {
  if (apiKeys !== 'demanded' || principal.kind === 'anonymous' || principal.via === 'session') return false
  return principal.kind === 'service' || principal.actor === undefined
}

/** Notes the use of a key once an hour and instance. A note that fails refuses no request. */
function createUseNotes({ access, clock, log }: CheckKeyOptions) {
  const noted = createLru<string, { readonly hour: number }>(notedMax)
  return async ({ id }: Application, { digest }: ApiKey): Promise<void> => {
    const now = seconds(clock())
    const hour = now - (now % hourSeconds)
    if (noted.peek(digest)?.hour === hour) return
    noted.delete(digest)
    noted.get(digest, () => ({ hour }))
    await noteUse(access.until({ at: clock() + tableMs, clock }), { id, digest, hour }).catch((error: unknown) => {
      log('warn', 'api_keys.use_not_noted', { cause: (error as Error).stack })
    })
  }
}
