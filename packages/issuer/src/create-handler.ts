/**
 * The issuer: an event of API Gateway in, a token or a public document out. Metadata and key set are answered without
 * oidc-provider, which is loaded with the first request for a token.
 */
import { AppError } from '@fieldnotes/core/error'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { APIGatewayProxyEventV2 as Event, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda'
import { ownIssuerClients } from './clients/issuer-client.ts'
import {
  documentPaths,
  introspectionPath,
  jwksPath,
  metadataPaths,
  revocationPath,
  rowAt,
  signInPaths,
  tokenPath,
  userInfoPath,
} from './issuer-routes.ts'
import { assertIssuerSettings, type IssuerSettings } from './issuer-settings.ts'
import { type KeyRing, keySetOf, openKeyRing } from './keys/key-ring.ts'
import { issuerPaths, metadataFor } from './metadata.ts'
import type { ModelStore } from './oauth/model-store.ts'
import { type HandlerOptions, type Judges, openJudges } from './open-judges.ts'
import { rootCause } from './root-cause.ts'
import type { SignInIdentities } from './sign-in/open-sign-ins.ts'

/** The handler of the function. */
export type IssuerHandler = (event: Event) => Promise<Result>

/** Seconds for which public documents may be cached. A new key is published longer than that before it signs. */
const documentSeconds = 300

type Answer = (event: Event) => Promise<Result>

/**
 * Creates the handler, once for the life of a process.
 * @throws Error that lists every fault of the settings
 */
export function createHandler(settings: IssuerSettings, options: HandlerOptions): IssuerHandler {
  assertIssuerSettings(settings)
  const ring = loadOnce(() => openKeyRing(settings.keys, settings.keyService))
  const keySet = async () => keySetOf(await ring())
  const judges = openJudges(settings, options, keySet)
  const dispatch = loadOnce(async () => loadDispatch(settings, options, { ...judges, ring: await ring() }))
  const answerUserInfo = loadOnce(async () => loadUserInfo(settings, options, judges))
  const metadata = metadataFor(settings.issuer, { signIn: settings.signIn !== undefined })
  const provided: Answer = async (event) => (await dispatch())(event)
  const answers: Readonly<Record<string, Answer>> = {
    ...Object.fromEntries([tokenPath, revocationPath, introspectionPath].map((path) => [path, provided])),
    ...(settings.signIn && Object.fromEntries(signInPaths.map((path) => [path, provided]))),
    [userInfoPath]: async (event) => (await answerUserInfo())(event),
    [jwksPath]: async () => documentResult(await keySet(), 'application/jwk-set+json'),
    ...Object.fromEntries(metadataPaths.map((path) => [path, async () => documentResult(metadata)])),
  }
  return async (event) => {
    try {
      return common(event, await answer(event, answers))
    } catch (error) {
      options.log('error', 'issuer.failed', { ...rootCause(error), requestId: event.requestContext.requestId })
      const isOutage = error instanceof AppError && error.code === 'UNAVAILABLE'
      return common(event, isOutage ? refusal(503, 'temporarily_unavailable') : refusal(500, 'server_error'))
    }
  }
}

/** Loads everything that a token needs, and returns what answers its requests. */
async function loadDispatch(
  settings: IssuerSettings,
  options: HandlerOptions,
  { table, identities, policies, isRevoked, ring, signInIdentities }: Judges & { readonly ring: KeyRing },
): Promise<Answer> {
  const { issuer, origin, issuers, webClientIds, credentials } = settings
  const { log, clock = Date.now } = options
  const [{ createProvider }, { dispatcher }] = await Promise.all([
    import('./oauth/oauth-server.ts'),
    import('./oauth/dispatch.ts'),
  ])
  const store = { table, clock, issuer }
  const provider = createProvider({
    ...{ issuer, origin, clock, log, ring, webClientIds, identities, policies, isRevoked, store },
    clients: ownIssuerClients(credentials),
    signIns: await loadSignIns(settings, options, { store, identities: signInIdentities }),
    kinds: new Map(issuers.map(({ name, kind }) => [name, kind])),
  })
  return dispatcher(provider.callback(), { issuer, clock })
}

async function loadUserInfo(
  { issuer }: IssuerSettings,
  { clock = Date.now }: HandlerOptions,
  { table, userInfoIdentity }: Judges,
): Promise<Answer> {
  const [{ userInfo, proofsAt }, { onceBy }] = await Promise.all([
    import('./oauth/user-info.ts'),
    import('./oauth/model-store.ts'),
  ])
  const store = { table, clock, issuer }
  return userInfo({ identity: userInfoIdentity(proofsAt(onceBy(store))), store, url: issuer + issuerPaths.userInfo })
}

/** What sign-ins need of the rest. */
interface SignInJudges {
  readonly store: ModelStore
  readonly identities: SignInIdentities
}

async function loadSignIns(
  { signIn, issuer, loopbackIssuers }: IssuerSettings,
  { fetch = globalThis.fetch }: HandlerOptions,
  { store, identities }: SignInJudges,
) {
  if (!signIn) return undefined
  const [{ openSignIns }, { onceBy }] = await Promise.all([
    import('./sign-in/open-sign-ins.ts'),
    import('./oauth/model-store.ts'),
  ])
  const redirectUri = issuer + issuerPaths.callback
  const { clock } = store
  return openSignIns(signIn, { redirectUri, loopbackIssuers, fetch, clock, identities, takeOnce: onceBy(store) })
}

async function answer(event: Event, answers: Readonly<Record<string, Answer>>): Promise<Result> {
  const row = rowAt(event.rawPath)
  const method = methodOf(event)
  const found = row && answers[row.path]
  if (!found) return refusal(404, 'not_found')
  if (method === 'OPTIONS') return { statusCode: 204 }
  if (!row.methods.some((each) => each === method))
    return refusal(405, 'invalid_request', { allow: row.methods.join(', ') })
  return found(event)
}

/** A HEAD of a document is its GET, whose body the gateway does not send. */
function methodOf({ rawPath, requestContext: { http } }: Event): string {
  return http.method === 'HEAD' && documentPaths.includes(rawPath) ? 'GET' : http.method
}

function documentResult(document: unknown, type = 'application/json'): Result {
  const headers = { 'content-type': type, 'cache-control': `public, max-age=${documentSeconds}` }
  return { statusCode: 200, headers, body: JSON.stringify(document) }
}

function refusal(statusCode: number, error: string, headers: Readonly<Record<string, string>> = {}): Result {
  const common = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return { statusCode, headers: { ...common, ...headers }, body: JSON.stringify({ error }) }
}

/**
 * Headers of every answer. A 401 has a challenge (RFC 9110 §11.6.1), also where the secret was in the body, and what
 * may not be stored says so to caches of HTTP/1.0 too (RFC 6749 §5.1).
 */
function common({ requestContext }: Event, result: Result): Result {
  const challenge = result.statusCode === 401 ? { 'www-authenticate': 'Basic realm="fieldnotes"' } : {}
  const uncached = result.headers?.['cache-control'] === 'no-store' ? { pragma: 'no-cache' } : {}
  const fixed = { 'x-content-type-options': 'nosniff', 'x-request-id': requestContext.requestId }
  return { ...result, headers: { ...challenge, ...uncached, ...result.headers, ...fixed } }
}
