/** The first of the two locks in `npm start`: the authorizer judges each request before the endpoint does. */
import { expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { tokenOf } from './support/local-cloud.ts'

const cloud = ephemeralCloud()
async function send(token: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return fetch(`${cloud.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ me { id } }"}' })
}

/** The log lines of a request, by their event. */
async function linesOf(requestId: string | null): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const lines = (await cloud.printed())
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(`"${requestId}"`))
  return Object.fromEntries(lines.map((line) => JSON.parse(line)).map((line) => [line.event, line]))
}

it('refuses a bad token in both locks, and lets a good one pass', async () => {
  const token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  expect((await send(token)).status).toBe(200)
  const { status, headers } = await send(`${token.slice(0, -8)}AAAAAAAA`)
  expect([status, headers.has('www-authenticate')]).toEqual([401, true])
  const { gate, refused, locks_differ } = await linesOf(headers.get('x-request-id'))
  expect([gate?.reason, refused?.reason, locks_differ]).toEqual(['signature_invalid', 'signature_invalid', undefined])
})
