/** How a client without a valid token finds where to get one, whatever the gateway calls `WWW-Authenticate`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as client from 'openid-client'
import { describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { type LocalCloud, tokenOf } from './support/local-cloud.ts'

const names = ['www-authenticate', 'x-amzn-remapped-www-authenticate'] as const

/** Sends a query, with a token or without one. */
function send(cloud: LocalCloud, query: string, token?: string): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  return fetch(`${cloud.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
}

/** Secret of the machine client, as a developer finds it. */
function machineOf(cloud: LocalCloud) {
  const { clients } = JSON.parse(readFileSync(join(cloud.folder, 'clients.json'), 'utf8'))
  return clients.find(({ name }: { readonly name: string }) => name === 'machine')
}

describe.each(names)('a gateway that answers %s', (name) => {
  const [other = ''] = names.filter((each) => each !== name)
  const cloud = ephemeralCloud({ FIELDNOTES_CHALLENGE_HEADER: name })

  it('has the challenge of a 401 under this name alone, and pages of other origins may read it', async () => {
    const { status, headers } = await send(cloud, '{ __typename }', 'x.y.z')
    expect([status, headers.get(other)]).toEqual([401, null])
    const said = `error="invalid_token", resource_metadata="${cloud.url}/.well-known/oauth-protected-resource/graphql"`
    expect(headers.get(name)).toBe(`Bearer ${said}, DPoP ${said}, algs="ES256"`)
    const preflightless = await fetch(`${cloud.url}/graphql`, { headers: { origin: 'http://localhost:3000' } })
    expect(preflightless.headers.get('access-control-expose-headers')?.split(',')).toContain(name)
  })

  it('leads a client from the body of the 401 to the issuer, and to a token that the endpoint accepts', async () => {
    const { errors } = await (await send(cloud, '{ __typename }', 'x.y.z')).json()
    const metadata = await (await fetch(errors[0].extensions.resourceMetadata)).json()
    expect(metadata.resource).toBe(`${cloud.url}/graphql`)
    const { client_id, client_secret } = machineOf(cloud)
    const insecure = { execute: [client.allowInsecureRequests] }
    const issuer = new URL(metadata.authorization_servers[0])
    const basic = client.ClientSecretBasic(client_secret)
    const config = await client.discovery(issuer, client_id, undefined, basic, insecure)
    const { access_token } = await client.clientCredentialsGrant(config, { scope: 'notes/read' })
    const answer = await send(cloud, '{ __typename }', access_token)
    expect([answer.status, (await answer.json()).data]).toEqual([200, { __typename: 'Query' }])
  })

  it('points nowhere in answers that another token would not change', async () => {
    const alice = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
    const answers = [
      await send(cloud, '{ me { id } }'),
      await send(cloud, '{ note(id: "x") { id } }', alice),
      await send(cloud, '{', alice),
      await fetch(`${cloud.url}/nothing`),
    ]
    for (const { headers } of answers) for (const each of names) expect(headers.get(each)).toBeNull()
    for (const answer of answers) expect(await answer.text()).toMatch(/"code":(?!.*resourceMetadata)/)
  })
})
