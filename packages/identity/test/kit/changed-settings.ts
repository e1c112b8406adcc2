/** Settings of the kit with changed members, for the tests of startup. */

import { expect } from 'vitest'
import type { CognitoIssuer, FieldnotesIssuer, FirebaseIssuer, Issuer, OidcIssuer } from '../../src/issuers/issuer.ts'
import type { Settings } from '../../src/settings.ts'
import { identityWith } from './identities.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, oidcRow } from './rows.ts'

/** Settings that are refused, and a part of the message. */
export type WrongSettings = readonly [what: string, message: string, changes: Partial<Settings>]

export function cognito(changes: Partial<Record<keyof CognitoIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...cognitoRow, ...changes } as Issuer],
  }
}

export function firebase(changes: Partial<Record<keyof FirebaseIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...firebaseRow, ...changes } as Issuer],
  }
}

export function oidc(changes: Partial<Record<keyof OidcIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...oidcRow, ...changes } as Issuer],
  }
}

export function fieldnotes(changes: Partial<Record<keyof FieldnotesIssuer, unknown>>): Partial<Settings> {
  return {
    issuers: [{ ...fieldnotesRow, ...changes } as Issuer],
  }
}

/** Settings that do not compile. */
export function wrong(changes: Readonly<Record<string, unknown>>) {
  return changes as Partial<Settings>
}

/** An issuer at a host. */
export function at(host: string) {
  return oidc({ issuer: `https://${host}`, jwksUri: `https://${host}/jwks` })
}

/** User pools of Amazon in one region. */
export const pool = 'https://cognito-idp.eu-west-1.amazonaws.com'

/** Expects settings to be refused when deployed, and on a laptop too. */
export function expectRefusedAnywhere(message: string, changes: Partial<Settings>): void {
  expect(() => identityWith(changes)).toThrow(message)
  expect(() =>
    identityWith({ ...changes, ...('loopbackIssuers' in changes ? {} : { loopbackIssuers: 'trust' }) }),
  ).toThrow(message)
}
