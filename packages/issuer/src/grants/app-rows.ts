/** Rows of apps for which people sign in. Each has the one grant `code`. */
import type { ClientAuth, RenewedGrant } from './grant.ts'

/** A code for a person who has signed in and consented (RFC 6749 §4.1). */
export interface CodeGrant extends RenewedGrant {
  /** What the page of consent calls the app: one line of at most 80 characters. */
  readonly title: string
  /** At most 10. Compared as text. The port of a loopback address may be any (RFC 8252 §7.3). */
  readonly redirectUris: readonly [string, ...string[]]
}

/** An app with PKCE S256 (RFC 7636), public or confidential. */
export interface AppRow {
  readonly profile: 'app'
  readonly auth: 'none' | ClientAuth
  readonly grants: { readonly code: CodeGrant }
}

/** Account linking of Google, which sends no PKCE and its secret in the body. */
export interface GoogleRow {
  readonly profile: 'google'
  readonly auth: 'client_secret_post'
  readonly grants: { readonly code: CodeGrant }
}

/** Account linking of Alexa, which sends PKCE where its console has the switch on. */
export interface AlexaRow {
  readonly profile: 'alexa'
  readonly auth: 'client_secret_basic'
  /** Whether the switch is on. Without PKCE a request is then refused. */
  readonly requiresPkce: boolean
  readonly grants: { readonly code: CodeGrant }
}

/** A row of an app. */
export type SignedInRow = AppRow | GoogleRow | AlexaRow

/** The grant of a row whose people sign in; undefined for every other. */
export function codeGrantOf(row: { readonly grants: object }): CodeGrant | undefined {
  return (row.grants as Partial<SignedInRow['grants']>).code
}

/**
 * Whether a request without PKCE is refused. The two that may lack it are confidential, and their codes are sent to
 * addresses of their vendor alone.
 */
export function requiresPkce(row: { readonly profile: string; readonly requiresPkce?: boolean }): boolean {
  return row.profile === 'alexa' ? row.requiresPkce !== false : row.profile !== 'google'
}

/**
 * Where a vendor receives codes, by profile: Google at the two addresses of "Google Account Linking with OAuth", with a
 * project's id, and Alexa at hosts of Amazon, of which the developer console lists several for each skill.
 */
const vendorAddresses: Readonly<Record<string, RegExp>> = {
  google: /^https:\/\/oauth-redirect(-sandbox)?\.googleusercontent\.com\/r\/[\w-]+$/,
  alexa: /^https:\/\/[a-z0-9-]+\.amazon\.(com|co\.jp)\/[\w/-]+$/,
}

/** Whether an app of this profile may receive codes at an address. */
export function isVendorAddress(profile: string, uri: string): boolean {
  return !Object.hasOwn(vendorAddresses, profile) || vendorAddresses[profile]?.test(uri) === true
}
