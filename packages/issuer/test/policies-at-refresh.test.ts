/** A policy that is changed between two refreshes of a grant: when the last token with the old scopes has ended. */
import { removeGroupPolicy, writeGroupPolicy } from '@fieldnotes/table/group-policies'
import { expect, it } from 'vitest'
import { accessTable } from './kit/access-table.ts'
import { storeToken, target, tokenRequest, withSignIns } from './kit/command-line.ts'
import { createWorld, issuer } from './kit/world.ts'

const access = accessTable()
const both = 'notes:read notes:write'
const reader = { group: 'cognito:staff', allow: ['notes:read'], deny: [] }

/** An issuer whose clock is ahead by `ahead` milliseconds, and refreshes of a new sign-in at it. */
async function signedIn(groups: readonly string[] | undefined, mode: 'open' | 'governed' = 'open') {
  const world = { ahead: 0 }
  const clock = () => Date.now() + world.ahead
  const { handle } = createWorld({ access: access.config(), ...withSignIns, groups: mode }, clock)
  const grant = { resources: { [target]: both }, issuer: 'cognito', ...(groups && { groups }) }
  const token = { scope: both, gty: 'authorization_code' }
  let refresh_token = await storeToken({ table: access.table, clock: Date.now, issuer }, 'RefreshToken', token, grant)
  const refresh = async () => {
    const parameters = { grant_type: 'refresh_token', client_id: 'terminal', refresh_token }
    const answer = JSON.parse((await handle(tokenRequest(parameters))).body ?? '{}')
    refresh_token = answer.refresh_token
    return { scope: answer.scope, lasts: answer.expires_in }
  }
  return { world, refresh }
}

it('reaches every token within 300 seconds: 30 of the copy, and 270 of a token that was given by it', async () => {
  const [staff, other] = [await signedIn(['cognito:staff']), await signedIn([])]
  expect(await staff.refresh()).toEqual({ scope: both, lasts: 270 })
  await writeGroupPolicy(access.table(), reader, { stored: undefined, now: Date.now() })
  // The last moment at which the copy may be the old one.
  expect(await staff.refresh()).toEqual({ scope: both, lasts: 270 })
  staff.world.ahead = 30_000
  expect(await staff.refresh()).toEqual({ scope: 'notes:read', lasts: 270 })
  expect(await other.refresh()).toEqual({ scope: both, lasts: 300 })
  await removeGroupPolicy(access.table(), { policy: reader, writtenAt: undefined })
  staff.world.ahead = 60_000
  expect(await staff.refresh()).toEqual({ scope: both, lasts: 270 })
})

it('leaves a person without a policy no scope at any refresh, where groups are governed', async () => {
  const { world, refresh } = await signedIn(['cognito:staff'], 'governed')
  const scopes = [(await refresh()).scope]
  await writeGroupPolicy(access.table(), reader, { stored: undefined, now: Date.now() })
  world.ahead = 30_000
  scopes.push((await refresh()).scope)
  await removeGroupPolicy(access.table(), { policy: reader, writtenAt: undefined })
  world.ahead = 60_000
  scopes.push((await refresh()).scope)
  expect(scopes.map((scope) => scope ?? '')).toEqual(['', 'notes:read', ''])
})

it('lasts 270 seconds too, where the grant does not say the groups: any policy may be about the person', async () => {
  expect((await (await signedIn(undefined)).refresh()).lasts).toBe(270)
})
