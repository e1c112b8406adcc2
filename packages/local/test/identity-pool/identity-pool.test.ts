import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createCredentials } from '../../src/identity-pool/credentials.ts'
import { provider } from '../../src/identity-pool/iam-fields.ts'
import { createIdentityPool, signedRequestsOf } from '../../src/identity-pool/identity-pool.ts'
import type { LocalIssuer } from '../../src/issuers/local-issuers.ts'
import { amzDate, signedEvent, usual } from '../gateway/sign-request.ts'

const userPool: LocalIssuer = { name: 'cognito', issuer: 'http://127.0.0.1:1/pool', jwksUri: '', privateJwk: {} }
const access = { name: 'access', region: 'local', endpoint: 'http://127.0.0.1:9' }
const pool = createIdentityPool({
  userPool,
  isCurrent: async () => true,
  access,
  folderSecret: 'secret',
  log: () => {},
})

/** A signed event of credentials that this folder, or another one, made at this moment. */
function eventOf(secret: string, issuedAt = Date.now()) {
  const holder = { identityId: 'eu-west-1:1', subject: 'alice' }
  const { sessionToken, ...key } = createCredentials(secret, () => issuedAt).issue(holder)
  const date = amzDate(Date.now())
  const headers = { ...usual, 'x-amz-date': date, 'x-amz-security-token': sessionToken }
  return signedEvent({ ...key, headers, day: date.slice(0, 8) })
}

describe('the authorizer of signed requests', () => {
  it('says whose credentials they are', async () => {
    const event = eventOf('secret')
    const amr = ['authenticated', provider, `${provider}:CognitoSignIn:alice`]
    expect(await pool.authorize(event, event.headers)).toMatchObject({
      isAuthorized: true,
      authorizer: { iam: { cognitoIdentity: { amr, identityId: 'eu-west-1:1' } } },
    })
  })

  it('denies credentials of another folder, and those that have ended', async () => {
    for (const event of [eventOf('another'), eventOf('secret', Date.now() - 3_600_000)])
      expect(await pool.authorize(event, event.headers)).toEqual({ isAuthorized: false })
  })

  it('judges the headers as they were sent, and not as the gateway changes them', async () => {
    const event = eventOf('secret')
    const changed = { ...event, headers: { ...event.headers, host: 'elsewhere' } }
    expect((await pool.authorize(changed, event.headers)).isAuthorized).toBe(true)
    expect((await pool.authorize(event, changed.headers)).isAuthorized).toBe(false)
    expect((await pool.authorize(event, {})).isAuthorized).toBe(false)
  })
})

describe('the site of the identity pool', () => {
  /** Whether the site takes the request. It must not touch the response of another one. */
  function takes(method: string, url: string | undefined, host: string): Promise<boolean> {
    return pool.site({ method, url, headers: { host } } as unknown as IncomingMessage, {} as ServerResponse)
  }

  it.each([
    ['GET', '/aws/cognito-identity/', '127.0.0.1:4000'],
    ['POST', '/aws/cognito-idp/', '127.0.0.1:4000'],
    ['POST', '/aws/cognito-identity/x', '127.0.0.1:4000'],
    ['POST', undefined, '127.0.0.1:4000'],
    ['POST', '/aws/cognito-identity/', 'rebound.example.com'],
  ])('leaves %s %s of %s to others', async (method, url, host) => {
    expect(await takes(method, url, host)).toBe(false)
  })
})

describe('signedRequestsOf', () => {
  it('gives people the scopes of the web app, and has no services', () => {
    expect(signedRequestsOf(userPool)).toMatchObject({
      userPool: { name: 'cognito', issuer: userPool.issuer },
      provider,
      clientId: 'localclient0001',
      scopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'],
      services: {},
    })
  })
})
