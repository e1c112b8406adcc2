/** A running stage that demands API keys: what each door answers to a token without one, and what needs none. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exchanged } from '../export/walk.ts'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { httpRequestOf, send } from '../support/graphql-client.ts'
import { issuerAt } from '../support/own-issuer.ts'
import { credentialsOf, post, signedHeaders } from '../support/signed-walk.ts'

const cloud = ephemeralCloud({ FIELDNOTES_API_KEYS: 'demanded' })
const query = '{ __typename }'

/** The status of a request to `/graphql`. */
async function statusOf(token: string | undefined, key?: string): Promise<number> {
  const request = httpRequestOf({ query, token })
  return (await send(cloud.url, { ...request, headers: { ...request.headers, ...(key && { 'x-api-key': key }) } }))
    .status
}

it('refuses a token without a key, also by GET and signed, and takes it with its application’s', async () => {
  const { clients } = JSON.parse(readFileSync(join(cloud.folder, 'clients.json'), 'utf8'))
  const { api_key: key } = clients.find(({ name }: { name: string }) => name === 'limited')
  const issuer = issuerAt(cloud)
  const { access_token: token } = (await issuer.as('limited', { grant_type: 'client_credentials' })).body
  const alice = await issuer.subject('cognito')
  expect(await Promise.all([statusOf(token), statusOf(token, key), statusOf(undefined)])).toEqual([401, 200, 200])
  expect(await Promise.all([statusOf(alice), statusOf(alice, key)])).toEqual([401, 401])
  const address = `${cloud.url}/graphql?query=${encodeURIComponent(query)}`
  const byGet = (more: object) => fetch(address, { headers: { authorization: `Bearer ${token}`, ...more } })
  expect([(await byGet({})).status, (await byGet({ 'x-api-key': key })).status]).toEqual([401, 200])
  const body = JSON.stringify({ query })
  const signed = await signedHeaders(cloud.url, await credentialsOf(cloud.url, 'alice'), { body })
  expect((await post(cloud.url, signed, body)).status).toBe(401)
})

it('exports without one: the exporter reads through the endpoint', async () => {
  const issuer = issuerAt(cloud)
  const authorization = `Bearer ${await exchanged(issuer, 'portal', await issuer.subject('cognito'), 'exporter')}`
  const started = await fetch(`${cloud.url}/exporter/exports`, { method: 'POST', headers: { authorization } })
  const location = started.headers.get('location') ?? ''
  const status = async () => (await (await fetch(location, { headers: { authorization } })).json()).status
  expect(started.status).toBe(202)
  await expect.poll(status, { timeout: 10_000, interval: 100 }).toBe('done')
})
