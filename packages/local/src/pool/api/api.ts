/** The endpoint of the user pool's API for the AWS CLI: `aws cognito-idp --endpoint-url <origin>/aws/cognito-idp/`. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import { RequestRefusal, readBody } from '../../pages/requests.ts'
import { wordsOf } from '../../usage-error.ts'
import { AccountRefusal } from '../people/account-refusal.ts'
import type { Call } from './call-parts.ts'
import { CallRefusal, callRefusalOf } from './call-refusal.ts'
import { parseInput } from './members.ts'

/** Paths of the endpoint: the CLI keeps the one that it is given. */
export const apiPaths: readonly string[] = ['/aws/cognito-idp/', '/aws/cognito-idp']

/** Prefix of `x-amz-target`. */
export const apiPrefix = 'AWSCognitoIdentityProviderService.'

/** An API of the AWS JSON protocol 1.1: its operations, and how `x-amz-target` names them. */
export interface Api {
  readonly calls: ReadonlyMap<string, Call>
  readonly prefix: string
  readonly log: Log
}

/**
 * The called operation. A page of another origin can't send `x-amz-target` without a preflight, and none is granted.
 */
function callOf(request: IncomingMessage, { calls, prefix }: Api): Call {
  const target = String(request.headers['x-amz-target'] ?? '')
  const call = target.startsWith(prefix) ? calls.get(target.slice(prefix.length)) : undefined
  if (!call) throw new CallRefusal('UnknownOperationException', 'This operation is not available on this machine.')
  // There are no credentials on this machine: a signature is required, and not compared.
  if (call.signed && !request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))
    throw new CallRefusal('MissingAuthenticationTokenException', 'Missing Authentication Token')
  return call
}

function send(response: ServerResponse, status: number, body: object, type?: string): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(type !== undefined && { 'x-amzn-errortype': `${type}:` }),
    ...(status === 413 && { connection: 'close' }),
  })
  response.end(JSON.stringify(body))
}

function errorOf(thrown: unknown): CallRefusal | undefined {
  if (thrown instanceof AccountRefusal) return callRefusalOf(thrown)
  if (thrown instanceof RequestRefusal)
    return new CallRefusal('RequestEntityTooLargeException', 'The body is too large.')
  return thrown instanceof CallRefusal ? thrown : undefined
}

/** Answers one call. */
export async function answerCall(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = callOf(request, api)
    send(response, 200, await call.run(parseInput((await readBody(request)).toString())))
  } catch (thrown) {
    const error = errorOf(thrown)
    if (!error) api.log('error', 'pool.api', { cause: wordsOf(thrown) })
    const { type, message } = error ?? new CallRefusal('InternalErrorException', 'Internal error')
    const status = error ? (thrown instanceof RequestRefusal ? 413 : 400) : 500
    send(response, status, { __type: type, message }, type)
  }
}
