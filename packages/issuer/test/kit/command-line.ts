/** Sign-ins of the command line as the table has them, and requests to the token endpoint. */
import { randomUUID } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { IssuerSettings } from '../../src/issuer-settings.ts'
import { type ModelStore, modelAdapter } from '../../src/oauth/model-store.ts'
import { event, settings, signInAt } from './world.ts'

/** The endpoint. */
export const target = `${settings.origin}/graphql`
const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test00001'
const row: IssuerSettings['issuers'][number] = {
  ...{ kind: 'cognito', name: 'cognito', issuer: pool, jwksUri: `${pool}/.well-known/jwks.json` },
  ...{ clientIds: ['c'], scopes: {} },
}

/** Settings of an issuer at which people sign in to the command line. */
export const withSignIns = { signIn: signInAt(pool), issuers: [...settings.issuers, row] }

function now(): number {
  return Math.floor(Date.now() / 1000)
}

/** A request of a public client. */
export function tokenRequest(parameters: Readonly<Record<string, string>>): APIGatewayProxyEventV2 {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return event('POST', '/oauth/token', { headers, body: new URLSearchParams(parameters).toString() })
}

/** A grant of the command line; `more` replaces members. */
async function storeGrant(
  store: ModelStore,
  more: object,
): Promise<{ readonly grantId: string; readonly accountId: string }> {
  const [grantId, accountId] = [randomUUID(), 'p'.repeat(27)]
  const of = { jti: grantId, accountId, clientId: 'terminal', authTime: now(), loginId: grantId }
  const payload = {
    kind: 'Grant',
    ...of,
    iat: now(),
    exp: now() + 3600,
    resources: { [target]: 'notes:read' },
    ...more,
  }
  await modelAdapter('Grant', store).upsert(grantId, payload, 3600)
  return { grantId, accountId }
}

/** Stores a code or a refresh token with a grant of its own, and returns its value. */
export async function storeToken(
  store: ModelStore,
  kind: 'AuthorizationCode' | 'RefreshToken',
  more: object,
  grant: object = {},
): Promise<string> {
  const jti = randomUUID()
  const of = { clientId: 'terminal', resource: target, scope: 'notes:read', iat: now(), exp: now() + 60 }
  await modelAdapter(kind, store).upsert(jti, { kind, jti, ...of, ...(await storeGrant(store, grant)), ...more }, 60)
  return jti
}
