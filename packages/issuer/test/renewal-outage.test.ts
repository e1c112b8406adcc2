/** A refresh of a public client while something is out of reach: the same refresh token works afterwards. */
import { expect, it } from 'vitest'
import { accessTable } from './kit/access-table.ts'
import { storeToken, tokenRequest, withSignIns } from './kit/command-line.ts'
import { createWorld, issuer, publicKey, sign } from './kit/world.ts'

const access = accessTable()

it('is 503 while the key does not sign, and the refresh token is not used up', async () => {
  const key = { isDown: true }
  const keyService = {
    publicKey,
    sign: (...args: Parameters<typeof sign>) => (key.isDown ? Promise.reject(new Error('down')) : sign(...args)),
  }
  const { handle } = createWorld({ access: access.config(), ...withSignIns, keyService })
  const store = { table: access.table, clock: Date.now, issuer }
  const refresh_token = await storeToken(store, 'RefreshToken', { gty: 'authorization_code' })
  const refresh = () => handle(tokenRequest({ grant_type: 'refresh_token', client_id: 'terminal', refresh_token }))
  expect([(await refresh()).statusCode, (await refresh()).statusCode]).toEqual([503, 503])
  key.isDown = false
  expect((await refresh()).statusCode).toBe(200)
})
