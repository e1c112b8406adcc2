/** A client of our own issuer at the running cloud: requests to the token endpoint, and subject tokens of any form. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LocalIssuer, mint } from '@fieldnotes/local/local-issuers'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import { ephemeralCloud } from './ephemeral-cloud.ts'
import type { LocalCloud } from './local-cloud.ts'

/** `grant_type` of token exchange (RFC 8693 §2.1). */
export const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'

const types = 'urn:ietf:params:oauth:token-type:'
export const [accessToken, idToken, jwt] = [`${types}access_token`, `${types}id_token`, `${types}jwt`] as const

/** Parameters of a request; a list repeats one. */
export type FormFields = Readonly<Record<string, string | readonly string[] | undefined>>

/** A client as `clients.json` lists it. */
interface ListedClient {
  readonly name: string
  readonly client_id: string
  readonly client_secret: string
  readonly redirect_uris: readonly string[]
}

/** An answer of the token endpoint. */
export interface TokenAnswer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: its shape is that of the test's request
  readonly body: any
}

/** Status and error code of an answer. */
export function outcome({ status, body }: TokenAnswer) {
  return [status, body.error]
}

/** What a subject token is changed in. */
export interface SubjectChange {
  readonly person?: string
  readonly scope?: string
  /** Seconds until it expires. */
  readonly expiresIn?: number
  /** Seconds since it was issued, and since the person signed in. */
  readonly age?: number
  readonly claims?: Readonly<Record<string, unknown>>
}

export function form(parameters: FormFields): URLSearchParams {
  const pairs = Object.entries(parameters).flatMap(([name, value = []]) => [value].flat().map((each) => [name, each]))
  return new URLSearchParams(pairs as [string, string][])
}

/** Basic authentication (RFC 6749 §2.3.1). */
export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

/** Requests to the issuer of a running cloud. */
export function issuerAt({ url, folder }: Pick<LocalCloud, 'url' | 'folder'>) {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const issuers: readonly LocalIssuer[] = read('issuers.json').issuers
  const clients: readonly ListedClient[] = read('clients.json').clients
  const { endpoint, region, access } = read('tables.json')

  function secretOf(name: string): string {
    return clients.find((client) => client.name === name)?.client_secret ?? ''
  }

  /** Where a client receives codes. */
  function redirectUrisOf(name: string): readonly string[] {
    return clients.find((client) => client.name === name)?.redirect_uris ?? []
  }

  async function post(
    parameters: FormFields,
    headers: Readonly<Record<string, string>> = {},
    path = '/token',
  ): Promise<TokenAnswer> {
    const response = await fetch(`${url}/oauth${path}`, { method: 'POST', headers, body: form(parameters) })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? '' : JSON.parse(text) }
  }

  function as(client: string, parameters: FormFields, headers = {}): Promise<TokenAnswer> {
    return post(parameters, { authorization: basic(client, secretOf(client)), ...headers })
  }

  /** Revokes a token as a client (RFC 7009 §2.1). */
  function revoke(client: string, token: string, more: FormFields = {}): Promise<TokenAnswer> {
    return post({ token, ...more }, { authorization: basic(client, secretOf(client)) }, '/revoke')
  }

  function subject(name: LocalIssuer['name'], change: SubjectChange = {}): Promise<string> {
    const { person = 'alice', scope, expiresIn = 900, age = 0, claims = {} } = change
    const issuer = issuers.find((row) => row.name === name)
    if (!issuer) throw new Error(`no issuer ${name}`)
    const issuedAt = Math.floor(Date.now() / 1000) - age
    return mint(issuer, { person, scope, groups: [], issuedAt, expiresAt: issuedAt + age + expiresIn }, claims)
  }

  /** A new ID token of Firebase. Two of one second would be the same one. */
  function newIdToken(change: SubjectChange = {}): Promise<string> {
    return subject('firebase', { ...change, claims: { ...change.claims, test: randomUUID() } })
  }

  const table: OpenTable = createTable({ name: access, region, endpoint })
  const targets = { exporter: `${url}/exporter`, graphql: `${url}/graphql` }
  return {
    ...{ url, issuer: `${url}/oauth`, issuers, table, targets, secretOf, redirectUrisOf },
    ...{ post, as, revoke, subject, newIdToken },
  }
}

export type OwnIssuer = ReturnType<typeof issuerAt>

/** An ephemeral cloud for the tests of one file, and its issuer. */
export function ephemeralIssuer(): { readonly cloud: LocalCloud; readonly issuer: () => OwnIssuer } {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const cloud = ephemeralCloud()
  let found: OwnIssuer | undefined
  return {
    cloud,
    issuer: () => {
      found ??= issuerAt(cloud)
      return found
    },
  }
}

/** The row of a machine of a third party. */
export function machineRow(auth: 'client_secret_basic' | 'private_key_jwt', lifetimeSeconds: number) {
  const grants = { client_credentials: { targets: { graphql: ['notes:read'] }, lifetimeSeconds } }
  return { profile: 'machine', auth, grants } as const
}

/** Claims of a token. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
