/** A sign-in that is under way while the secret of its cookies is replaced. */
import { expect, it } from 'vitest'
import { accessTable } from './kit/access-table.ts'
import { withSignIns } from './kit/command-line.ts'
import { createWorld, event } from './kit/world.ts'

const access = accessTable()
const [old, next, other] = ['x', 'y', 'z'].map((letter) => letter.repeat(32)) as [string, string, string]

/** An issuer whose user pool is out of reach: a callback that is accepted is 503. */
function issuerWith(...cookieSecrets: [string, ...string[]]) {
  const signIn = { ...withSignIns.signIn, cookieSecrets }
  const down = () => Promise.reject(new Error('out of reach'))
  return createWorld({ access: access.config(), ...withSignIns, signIn }, Date.now, down).handle
}

it('comes back to an issuer with both secrets, and to none with another one', async () => {
  const begun = issuerWith(old)
  const query = new URLSearchParams({
    ...{ client_id: 'terminal', response_type: 'code', redirect_uri: 'http://127.0.0.1:1/callback' },
    ...{ scope: 'notes:read', code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' },
  })
  const { cookies: set = [] } = await begun(event('GET', '/oauth/authorize', { rawQueryString: query.toString() }))
  const cookies = set.map((cookie) => cookie.replace(/;.*/, ''))
  const { headers } = await begun(event('GET', '/oauth/sign-in', { cookies }))
  const state = new URL(String(headers?.location)).searchParams.get('state') ?? ''
  const statusAt = async (handle: typeof begun, given: string) => {
    const rawQueryString = new URLSearchParams({ code: 'c', state: given }).toString()
    return (await handle(event('GET', '/oauth/callback', { cookies, rawQueryString }))).statusCode
  }
  const both = issuerWith(next, old)
  expect([await statusAt(begun, state), await statusAt(both, state)]).toEqual([503, 503])
  expect([await statusAt(both, 'another'), await statusAt(issuerWith(next, other), state)]).toEqual([400, 400])
})
