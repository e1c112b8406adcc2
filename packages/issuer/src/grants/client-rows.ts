/**
 * The table of grants: how tokens are given, to which client, and for which target. A combination that no row type has
 * does not compile; what types can't say is checked by `client-faults.ts` when the issuer starts.
 */
import type { AppRow, SignedInRow } from './app-rows.ts'
import type { ClientAuth, Grant, RenewedGrant } from './grant.ts'
import type { TargetName } from './targets.ts'

/**
 * Longest age of a sign-in at Firebase, in seconds: its ID tokens are renewed indefinitely without the person. After an
 * older one the person signs in again.
 */
export const firebaseSignInSecondsMax = 3600

/** Clients of the product itself. Every other client is of a third party, and is stored in the table `Access`. */
export type OwnClient = 'exporter' | 'fieldnotes-api' | 'firebase-session' | 'limited' | 'portal' | 'robot' | 'terminal'

/** Apps that get their tokens elsewhere: the web app at the user pool, and every app of the Firebase project. */
export type App = 'firebase' | 'web'

/** Whose tokens can be exchanged. No third party is among them. */
export type Subject = App | OwnClient

/** Token exchange (RFC 8693). */
export interface ExchangeGrant extends Grant {
  /** The audience of the tokens that the client receives, and so of those that it may exchange. */
  readonly receives: TargetName
  readonly subjects: readonly [Subject, ...Subject[]]
}

/** A sign-in whose proof is an ID token: token exchange (RFC 8693) that returns a refresh token too (§2.2.1). */
export interface SignInGrant extends RenewedGrant {
  readonly receives: TargetName
  readonly subjects: readonly ['firebase']
  /** Longest age of the sign-in, in seconds. */
  readonly signInSecondsMax: number
}

/** A program that acts for itself (RFC 6749 §4.4). */
export interface MachineRow {
  readonly profile: 'machine'
  readonly auth: ClientAuth
  readonly grants: { readonly client_credentials: Grant }
}

/** A service that calls the next one for the person whose token it has received. */
export interface ServiceRow {
  readonly profile: 'service'
  readonly auth: ClientAuth
  readonly grants: { readonly exchange: ExchangeGrant }
}

/** A server of the product that keeps a person signed in: it is the app itself, and no actor. */
export interface SessionRow {
  readonly profile: 'session'
  readonly auth: ClientAuth
  readonly grants: { readonly sign_in: SignInGrant }
}

/** A row of the table. */
export type ClientRow = SignedInRow | MachineRow | ServiceRow | SessionRow

/** A row of the product itself: its app keeps no secret, and links no accounts. */
export type OwnRow = (AppRow & { readonly auth: 'none' }) | MachineRow | ServiceRow | SessionRow

/** For services that receive a person's token for the endpoint, and call the exporter with less. */
const toExporter: ExchangeGrant = {
  receives: 'graphql',
  subjects: ['web', 'firebase', 'firebase-session', 'terminal'],
  targets: { exporter: ['notes:read'] },
  lifetimeSeconds: 300,
}

/** The product's own clients. */
export const ownClients = {
  /** Exports a person's notes: it reads them through the endpoint. */
  exporter: {
    profile: 'service',
    auth: 'client_secret_basic',
    grants: {
      exchange: {
        receives: 'exporter',
        subjects: ['fieldnotes-api', 'portal'],
        targets: { graphql: ['notes:read'] },
        lifetimeSeconds: 300,
      },
    },
  },
  /** The endpoint itself, where a mutation needs another service. */
  'fieldnotes-api': { profile: 'service', auth: 'client_secret_basic', grants: { exchange: toExporter } },
  /** A website of the product that receives a person's token. */
  portal: { profile: 'service', auth: 'client_secret_basic', grants: { exchange: toExporter } },
  /** An example of a machine with an API key, whose limit is small on the laptop. */
  limited: {
    profile: 'machine',
    auth: 'client_secret_basic',
    grants: { client_credentials: { targets: { graphql: ['notes:read'] }, lifetimeSeconds: 300 } },
  },
  robot: {
    profile: 'machine',
    auth: 'client_secret_basic',
    grants: { client_credentials: { targets: { graphql: ['notes:read'] }, lifetimeSeconds: 300 } },
  },
  /** Browser sessions of people of Firebase. Those of the user pool are held by a refresh token of the pool. */
  'firebase-session': {
    profile: 'session',
    auth: 'client_secret_basic',
    grants: {
      sign_in: {
        receives: 'graphql',
        subjects: ['firebase'],
        signInSecondsMax: 300,
        targets: { graphql: ['notes:read', 'notes:write', 'notes:share', 'notes:trash', 'notes:audit'] },
        lifetimeSeconds: 300,
        refreshSeconds: 14 * 24 * 3600,
      },
    },
  },
  /** The command line. */
  terminal: {
    profile: 'app',
    auth: 'none',
    grants: {
      code: {
        title: 'Fieldnotes on the command line',
        redirectUris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
        targets: { graphql: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'] },
        lifetimeSeconds: 300,
        refreshSeconds: 30 * 24 * 3600,
      },
    },
  },
} as const satisfies Readonly<Record<OwnClient, OwnRow>>

/** Ids of the product's own clients. */
export const ownClientIds = Object.keys(ownClients) as readonly OwnClient[]

/** The row of an own client; undefined for every other id. */
export function ownRow(id: string): ClientRow | undefined {
  return ownClientIds.find((own) => own === id) && ownClients[id as OwnClient]
}

/** Own clients that have a secret: all but the apps in which people sign in. */
export const confidentialClientIds: readonly OwnClient[] = ownClientIds.filter((id) => ownRow(id)?.profile !== 'app')

/** The grants of a row, as `grant_type` names them (RFC 6749 §4.4.2 and §6, RFC 8693 §2.1). */
export function grantTypesOf({ profile }: ClientRow): readonly string[] {
  return grantTypes[profile]
}

/** `grant_type` of token exchange. */
export const exchangeGrantType = 'urn:ietf:params:oauth:grant-type:token-exchange'

const codeGrantTypes = ['authorization_code', 'refresh_token']

const grantTypes: Readonly<Record<ClientRow['profile'], readonly string[]>> = {
  alexa: codeGrantTypes,
  app: codeGrantTypes,
  google: codeGrantTypes,
  machine: ['client_credentials'],
  service: [exchangeGrantType],
  session: [exchangeGrantType, 'refresh_token'],
}
