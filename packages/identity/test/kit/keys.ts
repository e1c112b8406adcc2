/** Keys, generated once for the whole process because RSA is slow. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface KeyPair {
  readonly kid: string
  readonly algorithm: 'RS256' | 'ES256'
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  /** As an issuer publishes it. */
  readonly jwk: Readonly<Record<string, unknown>>
}

function pair(kid: string, algorithm: KeyPair['algorithm'], keys: { privateKey: KeyObject; publicKey: KeyObject }) {
  return {
    kid,
    algorithm,
    ...keys,
    jwk: { ...keys.publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' },
  }
}

export function rsaPair(kid: string, modulusLength = 2048): KeyPair {
  return pair(kid, 'RS256', generateKeyPairSync('rsa', { modulusLength }))
}

export function ecPair(kid: string, namedCurve = 'P-256'): KeyPair {
  return pair(kid, 'ES256', generateKeyPairSync('ec', { namedCurve }))
}

export const keys = {
  cognito: rsaPair('cognito-1'),
  firebase: rsaPair('firebase-1'),
  oidc: ecPair('oidc-1'),
  fieldnotes: ecPair('fieldnotes-1'),
  /** In no issuer's key set. */
  foreignRsa: rsaPair('foreign-rsa'),
  foreignEc: ecPair('foreign-ec'),
} as const

/** The key of cognito-local 5.3.0, whose package contains the private half too. */
export const publishedKey = {
  kid: 'CognitoLocal',
  kty: 'RSA',
  e: 'AQAB',
  n: '2uLO7yh1_6Icfd89V3nNTc_qhfpDN7vEmOYlmJQlc9_RmOns26lg88fXXFntZESwHOm7_homO2Ih6NOtu4P5eskGs8d8VQMOQfF4YrP-pawVz-gh1S7eSvzZRDHBT4ItUuoiVP1B9HN_uScKxIqjmitpPqEQB_o2NJv8npCfqUAU-4KmxquGtjdmfctswSZGdz59M3CAYKDfuvLH9_vV6TRGgbUaUAXWC2WJrbbEXzK3XUDBrmF3Xo-yw8f3SgD3JOPl3HaaWMKL1zGVAsge7gQaGiJBzBurg5vwN61uDGGz0QZC1JqcUTl3cZnrx_L8isIR7074SJEuljIZRnCcjQ',
}
