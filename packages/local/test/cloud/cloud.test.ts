/** What a running local cloud serves and publishes. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { runningIssuers } from '../../src/issuers/issuers-file.ts'
import { mint } from '../../src/issuers/local-issuers.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { start } from './clouds.ts'

async function json(url: string) {
  return (await (await fetch(url)).json()) as Record<string, unknown>
}

const rsa = { kty: 'RSA', alg: 'RS256' }
const ec = { kty: 'EC', crv: 'P-256', alg: 'ES256' }
const common = ['alg', 'kid', 'kty', 'use']

const contents = { person: 'alice', issuedAt: 1_000, expiresAt: 4_000_000_000, groups: [] }

const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** Clients of our own issuer that have a secret, with their grants. */
const ownClients = {
  exporter: [exchange],
  'fieldnotes-api': [exchange],
  portal: [exchange],
  limited: ['client_credentials'],
  robot: ['client_credentials'],
  'firebase-session': [exchange, 'refresh_token'],
} as const

describe('startCloud', () => {
  it('hands every path that is not its own to the endpoint', async () => {
    const { url } = await start()
    for (const path of ['/graphql', '/health', '/tokens/cognito/mallory', '/graphiql/../package.json', '/cognito'])
      expect(await (await fetch(url + path)).text()).toBe(new URL(path, url).pathname)
  })

  it.each([undefined, 'plans', 'graphql-js'] as const)('configures the executor %s', async (executor) => {
    const { config } = await start({ executor })
    expect(config.executor).toBe(executor)
  })

  it('publishes its issuers, for the owner alone, while it runs', async () => {
    const { url, folder, stop } = await start()
    const file = join(folder, 'issuers.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      issuers: [
        ['cognito', '/cognito/eu-west-1_Local0001', '/cognito/eu-west-1_Local0001/.well-known/jwks.json', rsa],
        ['firebase', '/firebase/demo-fieldnotes', '/firebase/demo-fieldnotes/.well-known/jwks.json', rsa],
        ['fieldnotes', '/oauth', '/oauth/jwks', ec],
      ].map(([name, issuer, jwks, key]) => ({
        name,
        issuer: `${url}${issuer}`,
        jwksUri: `${url}${jwks}`,
        privateJwk: expect.objectContaining({ kid: expect.any(String), d: expect.any(String), ...(key as object) }),
      })),
    })
    await stop()
    expect(existsSync(file)).toBe(false)
    expect(runningIssuers(folder)).toBeUndefined()
  })

  it('publishes the clients of its user pool and of its own issuer, for the owner alone, while it runs', async () => {
    const { folder, stop } = await start()
    const file = join(folder, 'clients.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8')).clients).toEqual([
      {
        name: 'web',
        client_id: 'localclient0001',
        redirect_uris: ['127.0.0.1', 'localhost'].flatMap((host) => [
          `http://${host}/callback`,
          `http://${host}/session/callback`,
        ]),
        grants: ['authorization_code', 'refresh_token'],
      },
      {
        name: 'session',
        client_id: 'localsession0001',
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: ['http://127.0.0.1/session/callback', 'http://localhost/session/callback'],
        grants: ['authorization_code', 'refresh_token'],
      },
      {
        name: 'issuer',
        client_id: 'localissuer0001',
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: ['http://127.0.0.1/oauth/callback', 'http://localhost/oauth/callback'],
        grants: ['authorization_code', 'refresh_token'],
      },
      {
        name: 'machine',
        client_id: 'localmachine0001',
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: [],
        grants: ['client_credentials'],
      },
      ...Object.entries(ownClients).map(([name, grants]) => ({
        name,
        client_id: name,
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: [],
        grants,
        ...(name === 'limited' && { api_key: expect.stringMatching(/^fn_local_limited_\w+$/) }),
      })),
      {
        name: 'terminal',
        client_id: 'terminal',
        redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
        grants: ['authorization_code', 'refresh_token'],
      },
      ...['assistant', 'skill'].map((name) => ({
        name,
        client_id: name,
        client_secret: expect.stringMatching(/^[\w-]{48}$/),
        redirect_uris: expect.arrayContaining([expect.stringMatching(/^https:/)]),
        grants: ['authorization_code', 'refresh_token'],
      })),
    ])
    await stop()
    expect(existsSync(file)).toBe(false)
  })

  it('loads the pages of sign-in at their first request, and keeps their people in the folder', async () => {
    const folder = temporaryFolder()
    const { url } = await start({ folder, ephemeral: false })
    const file = join(folder, 'pool-people.json')
    expect(existsSync(file)).toBe(false)
    expect((await fetch(`${url}/cognito/eu-west-1_Local0001/second-factor`)).status).toBe(200)
    const { headers } = await fetch(`${url}/mailbox`)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('serves discovery and key sets with which every token of its issuers verifies', async () => {
    const { folder } = await start()
    for (const row of runningIssuers(folder) ?? []) {
      const discovered = await json(`${row.issuer}/.well-known/openid-configuration`)
      expect(discovered).toMatchObject({ issuer: row.issuer, jwks_uri: row.jwksUri })
      expect(discovered.id_token_signing_alg_values_supported).toEqual([row.privateJwk.alg])
      const token = await mint(row, contents)
      await jwtVerify(token, createRemoteJWKSet(new URL(String(discovered.jwks_uri))), { issuer: row.issuer })
    }
    expect(runningIssuers(folder)).toHaveLength(3)
  })

  it('shows no private member of a key', async () => {
    const { folder } = await start()
    for (const { jwksUri } of runningIssuers(folder) ?? []) {
      const { keys } = await json(jwksUri)
      const names = (keys as object[]).map((key) => Object.keys(key).sort())
      expect(names).toEqual([[...common, ...(jwksUri.endsWith('/oauth/jwks') ? ['crv', 'x', 'y'] : ['e', 'n'])].sort()])
    }
  })

  it('configures the endpoint to trust exactly its issuers', async () => {
    const { folder, url, config } = await start()
    const running = runningIssuers(folder) ?? []
    expect(config.issuers.map(({ issuer, jwksUri }) => [issuer, jwksUri])).toEqual(
      running.map(({ issuer, jwksUri }) => [issuer, jwksUri]),
    )
    expect(config).toMatchObject({ stage: 'local', resource: `${url}/graphql`, development: true })
    expect(Buffer.from(config.cursorSecrets[0] ?? '', 'base64url')).toHaveLength(32)
  })
})
