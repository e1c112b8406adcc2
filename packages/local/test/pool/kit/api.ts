/** Calls of the user pool's API, by the AWS JSON protocol. */
import type { TestPool } from './start-pool.ts'

/** The app client of the calls. */
export const ClientId = 'localclient0001'

/** A password that the policy accepts. */
export const Password = 'Correct-horse-9'

/** The pool, for the calls of an administrator. */
export const UserPoolId = 'eu-west-1_Local0001'

/** Headers of a signed request; signatures are not compared on this machine. */
export const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=x' }

/** An answer; `type` is the name of an error, with the colon of its header. */
export interface Answer {
  readonly status: number
  readonly type: string | null
  // biome-ignore lint/suspicious/noExplicitAny: the answers of the API have no declared type
  readonly body: any
}

/** Calls an operation. */
export async function call(pool: TestPool, operation: string, input: object | string, more = {}): Promise<Answer> {
  const headers = { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`, ...more }
  const body = typeof input === 'string' ? input : JSON.stringify(input)
  const response = await fetch(`${pool.url}/aws/cognito-idp/`, { method: 'POST', headers, body })
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), body: await response.json() }
}

/** `SignUp`, with an address or with more members. */
export function signUp(pool: TestPool, Username: string, more = {}): Promise<Answer> {
  return call(pool, 'SignUp', { ClientId, Username, Password, ...more })
}

/** `InitiateAuth` by a password. */
export function signIn(pool: TestPool, USERNAME: string, PASSWORD: string): Promise<Answer> {
  const AuthParameters = { USERNAME, PASSWORD }
  return call(pool, 'InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
}

/** `InitiateAuth` by a refresh token. */
export function refresh(pool: TestPool, REFRESH_TOKEN: string): Promise<Answer> {
  return call(pool, 'InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } })
}
