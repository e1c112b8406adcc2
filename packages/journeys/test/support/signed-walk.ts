/** The steps from a password to a signed request, as calls of AWS's APIs on a local cloud. */
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'

/** Id of the laptop's identity pool. */
export const identityPoolId = 'eu-west-1:10ca1000-0000-4000-8000-000000000001'

/** The laptop's user pool, as an identity pool names it. */
export const provider = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Local0001'

/** Credentials of AWS. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** An answer of one of AWS's APIs. */
export interface Called {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each call has an answer of its own
  readonly body: any
}

async function call(url: string, target: string, input: object): Promise<Called> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
  return { status: response.status, body: await response.json() }
}

/** Calls the identity pool. */
export function callIdentityPool(url: string, name: string, input: object): Promise<Called> {
  return call(`${url}/aws/cognito-identity/`, `AWSCognitoIdentityService.${name}`, input)
}

/** Calls the user pool. */
export function callUserPool(url: string, name: string, input: object): Promise<Called> {
  return call(`${url}/aws/cognito-idp/`, `AWSCognitoIdentityProviderService.${name}`, input)
}

/** Signs alice or another person in, and returns the tokens. */
export async function signIn(
  url: string,
  person: string,
): Promise<Readonly<Record<'IdToken' | 'AccessToken' | 'RefreshToken', string>>> {
  const { body } = await callUserPool(url, 'InitiateAuth', {
    ClientId: 'localclient0001',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: person, PASSWORD: `fieldnotes-${person}` },
  })
  return body.AuthenticationResult
}

/** Refreshes at the user pool, as a mobile app does. */
export async function refreshAtPool(url: string, refresh_token: string): Promise<Called> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token, client_id: 'localclient0001' })
  const response = await fetch(`${url}/cognito/eu-west-1_Local0001/oauth2/token`, { method: 'POST', body })
  return { status: response.status, body: await response.json() }
}

/** Credentials of a person. */
export async function credentialsOf(url: string, person: string): Promise<Credentials> {
  return credentialsFor(url, (await signIn(url, person)).IdToken)
}

/** Credentials in exchange for an ID token. */
export async function credentialsFor(url: string, IdToken: string): Promise<Credentials> {
  const Logins = { [provider]: IdToken }
  const { IdentityId } = (await callIdentityPool(url, 'GetId', { IdentityPoolId: identityPoolId, Logins })).body
  const { body } = await callIdentityPool(url, 'GetCredentialsForIdentity', { IdentityId, Logins })
  const { AccessKeyId, SecretKey, SessionToken } = body.Credentials
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken }
}

/** What a test changes of a signed request. */
export interface Signing {
  readonly body?: string
  readonly path?: string
  readonly service?: string
  readonly region?: string
  readonly host?: string
  readonly at?: Date
  /** Sent and signed beside the usual ones. */
  readonly more?: Readonly<Record<string, string>>
}

/** The headers of a signed `POST /iam/graphql`, as AWS's own library for JavaScript signs it. */
export async function signedHeaders(
  url: string,
  credentials: Credentials,
  {
    body = '{"query":"{ me { id } }"}',
    path = '/iam/graphql',
    service = 'execute-api',
    region = 'eu-west-1',
    host,
    at,
    more = {},
  }: Signing = {},
): Promise<Record<string, string>> {
  const { hostname, port, host: own } = new URL(url)
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 })
  const headers = { host: host ?? own, 'content-type': 'application/json', ...more }
  const request = { method: 'POST', protocol: 'http:', hostname, port: Number(port), path, headers, body }
  return (await signer.sign(request, { ...(at && { signingDate: at }), signableHeaders: new Set(Object.keys(more)) }))
    .headers
}

/** Status and parsed body of a request to `/iam/graphql`. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body = '{"query":"{ me { id } }"}',
): Promise<Called> {
  const { host: _host, ...sent } = headers
  const response = await fetch(`${url}/iam/graphql`, { method: 'POST', headers: sent, body })
  return { status: response.status, body: await response.json() }
}
