/**
 * A refresh that is due, from the entry to the function that signs in: one synchronous `lambda:Invoke` with the cookie.
 * Both ends are here, so that they agree on the form.
 */
import { AppError } from '@fieldnotes/core/error'
import { loadOnce } from '@fieldnotes/core/load-once'
import { parseDigest } from '@fieldnotes/table/digest'
import { type CookieSecret, parseCookieSecret } from '../crypto/cookie-secret.ts'
import type { Refresh } from '../steps/refresh-session.ts'
import type { StoredSession } from '../store/session-item.ts'
import { type AwsOptions, abortAfter, clientOptions } from './call-options.ts'

/** What the entry needs of a refreshed session. */
export type RefreshedSession = Pick<StoredSession, 'id' | 'access'>

/** The entry's side. @throws UNAVAILABLE when the other function is out of reach, or failed */
export type CallRefresh = (cookie: CookieSecret) => Promise<RefreshedSession | undefined>

/** The payload of an invocation. An event of API Gateway has no such member, whatever a client sends. */
interface Invocation {
  readonly refresh: string
}

/** The answer: the session with its access token, still sealed (base64), or why there is none. */
type Answer =
  | { readonly session: { readonly id: string; readonly access: string } | null }
  | { readonly unavailable: string }

/** Whether a function was invoked by the entry. Each event of API Gateway has a context. */
export function isRefreshCall(event: object): event is Invocation {
  return !('requestContext' in event) && 'refresh' in event && typeof event.refresh === 'string'
}

/** Answers an invocation. Only UNAVAILABLE is an answer; any other error is one of the function. */
export async function answerRefresh({ refresh: text }: Invocation, refresh: Refresh): Promise<Answer> {
  const cookie = parseCookieSecret(text)
  if (cookie === undefined) return { session: null }
  try {
    const session = await refresh(cookie)
    return { session: session ? written(session) : null }
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return { unavailable: error.reason }
    throw error
  }
}

function written({ id, access }: RefreshedSession) {
  return { id, access: Buffer.from(access).toString('base64') }
}

/** The function to invoke, and where Lambda is. */
export interface RefreshCallOptions extends AwsOptions {
  readonly functionName: string
}

/** Milliseconds for which the entry waits: longer than the other function works on a refresh (12 s). */
const callMs = 13_000

/** Creates the entry's side. The client of Lambda is loaded with the first refresh. */
export function createRefreshCall(options: RefreshCallOptions): CallRefresh {
  const open = loadOnce(async () => {
    const { LambdaClient, InvokeCommand } = await import('@aws-sdk/client-lambda')
    return { client: new LambdaClient(clientOptions(options)), InvokeCommand }
  })
  return async (cookie) => {
    const { client, InvokeCommand } = await open()
    const Payload = JSON.stringify({ refresh: cookie } satisfies Invocation)
    const command = new InvokeCommand({ FunctionName: options.functionName, Payload })
    const { FunctionError, Payload: answer } = await client.send(command, abortAfter(callMs)).catch(outOfReach)
    if (FunctionError !== undefined || !answer) return outOfReach()
    return read(JSON.parse(Buffer.from(answer).toString()) as Answer)
  }
}

/** Only the error's name is kept: an error of the SDK may contain the request, and with it the cookie. */
function outOfReach(error?: unknown): never {
  const name = error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : 'failed'
  throw new AppError('UNAVAILABLE', `the function that refreshes is out of reach: ${name}`)
}

function read(answer: Answer): RefreshedSession | undefined {
  if ('unavailable' in answer) throw new AppError('UNAVAILABLE', answer.unavailable)
  if (answer.session === null) return undefined
  const id = parseDigest(answer.session.id)
  return id ? { id, access: Buffer.from(answer.session.access, 'base64') } : outOfReach()
}
