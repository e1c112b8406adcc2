/** Valid tokens of four shapes. A test changes the one member that it is about. */
import { sign as signBytes } from 'node:crypto'
import { type KeyPair, keys } from './keys.ts'
import { cognitoRow, fieldnotesRow, firebaseRow, now, oidcRow, resource } from './rows.ts'

export type Members = Readonly<Record<string, unknown>>

export interface Shape {
  readonly issuer: string
  readonly key: KeyPair
  readonly header: Members
  readonly claims: Members
}

const life = { iat: now - 10, exp: now + 300 }

export const shapes = {
  cognito: {
    issuer: 'cognito',
    key: keys.cognito,
    header: { alg: 'RS256', kid: keys.cognito.kid },
    claims: {
      ...life,
      iss: cognitoRow.issuer,
      sub: 'a1b2c3d4-0000-4000-8000-000000000001',
      token_use: 'access',
      client_id: 'web',
      scope: 'openid notes/read',
      username: 'alice',
      auth_time: now - 60,
      jti: 'c-1',
      origin_jti: 'login-1',
      'cognito:groups': ['staff'],
    },
  },
  firebase: {
    issuer: 'firebase',
    key: keys.firebase,
    header: { alg: 'RS256', kid: keys.firebase.kid, typ: 'JWT' },
    claims: {
      ...life,
      iss: firebaseRow.issuer,
      aud: firebaseRow.projectId,
      sub: 'Fb0000000000000000000000001',
      user_id: 'Fb0000000000000000000000001',
      auth_time: now - 60,
      name: 'Carol',
      email: 'carol@example.com',
      email_verified: true,
      firebase: { identities: { email: ['carol@example.com'] }, sign_in_provider: 'password' },
      groups: ['staff'],
    },
  },
  oidc: {
    issuer: 'own',
    key: keys.oidc,
    header: { alg: 'ES256', kid: keys.oidc.kid, typ: 'at+jwt' },
    claims: {
      ...life,
      iss: oidcRow.issuer,
      aud: oidcRow.audience,
      sub: 'person-1',
      client_id: 'app-1',
      jti: 'o-1',
      scope: 'notes:read',
      auth_time: now - 60,
      groups: ['staff'],
    },
  },
  fieldnotes: {
    issuer: 'fieldnotes',
    key: keys.fieldnotes,
    header: { alg: 'ES256', kid: keys.fieldnotes.kid, typ: 'at+jwt' },
    claims: {
      ...life,
      iss: fieldnotesRow.issuer,
      aud: resource,
      sub: 'wIIK903oPU0nKClpkqvdhPsf6s4',
      client_id: 'terminal',
      jti: 'f-1',
      login_id: 'login-1',
      scope: 'notes:read',
      auth_time: now - 60,
      name: 'Alice',
    },
  },
} as const satisfies Record<string, Shape>

export function base64url(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64url')
}

/** Members whose value is `undefined` are left out, as JSON does. */
export function mint(shape: Shape, claims: Members = {}, header: Members = {}): string {
  return seal(shape.key, { ...shape.header, ...header }, { ...shape.claims, ...claims })
}

/** Signs a header and claims: objects as JSON, text and bytes as they are. */
export function seal(key: KeyPair, header: Members | string, claims: Members | string | Uint8Array): string {
  const input = `${segment(header)}.${segment(claims)}`
  return `${input}.${signatureOf(key, input).toString('base64url')}`
}

function segment(content: Members | string | Uint8Array): string {
  return base64url(typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
}

export function signatureOf({ privateKey }: KeyPair, input: string): Buffer {
  return signBytes('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
}
