/**
 * What ends an app of a third party that a person has linked: it is refused at the endpoint, and no token is renewed.
 */
import type { Revocation } from '@fieldnotes/core/revocation'
import { disableClient, enableClient } from '@fieldnotes/issuer/stored-clients'
import { writeRevocation } from '@fieldnotes/table/revocations'
import { beforeAll, describe, expect, it } from 'vitest'
import { loginOf } from '../support/command-line.ts'
import { ask } from '../support/graphql-client.ts'
import type { LinkedTokens } from '../support/linked-app.ts'
import { type AppName, linkedApps } from '../support/linked-apps.ts'
import { seconds, withinTenSeconds } from '../support/next-second.ts'
import { ephemeralIssuer, outcome } from '../support/own-issuer.ts'

const { cloud, issuer } = ephemeralIssuer()
const { add, app } = linkedApps(issuer)

beforeAll(add)

const [bob, carol] = [loginOf('bob'), loginOf('carol')]

async function statusOf({ access_token }: LinkedTokens): Promise<number> {
  return (await ask(cloud.url, { token: access_token, query: '{ me { id } }' })).status
}

/** Within 10 seconds, which is what a person is promised. */
async function isRefused(name: AppName, tokens: LinkedTokens): Promise<void> {
  await expect.poll(() => statusOf(tokens), withinTenSeconds).toBe(401)
  expect(outcome(await app(name).refresh(tokens.refresh_token))).toEqual([400, 'invalid_grant'])
}

async function revoke(of: (now: number) => Revocation): Promise<void> {
  await writeRevocation(issuer().table, of(seconds()), Date.now())
}

describe('an app that a person has linked', { timeout: 60_000 }, () => {
  it('ends by each of its ends, and by no other', async () => {
    const [byClient, byGrant, byApp, living] = await Promise.all([
      app('assistant').linked(),
      app('skill').linked(),
      app('open').linked(),
      app('kept').linked(),
    ])
    const strict = await app('strict').linked({}, { login: bob })
    const everywhere = await app('strict').linked({}, { login: carol })
    const all: readonly LinkedTokens[] = [byClient, byGrant, byApp, living, strict, everywhere]
    expect(await Promise.all(all.map(statusOf))).toEqual(all.map(() => 200))
    const claims = (await app('skill').introspect(byGrant.access_token)).body
    const carols = (await app('strict').introspect(everywhere.access_token)).body

    await app('assistant').revoke(byClient.refresh_token)
    await revoke(() => ({ kind: 'login', loginId: claims.login_id }))
    await revoke((at) => ({ kind: 'app', personId: claims.sub, clientId: 'open', at }))
    await revoke((at) => ({ kind: 'person', personId: carols.sub, at }))

    await Promise.all([
      ...[isRefused('assistant', byClient), isRefused('skill', byGrant), isRefused('open', byApp)],
      isRefused('strict', everywhere),
    ])
    expect(await Promise.all([living, strict].map(statusOf))).toEqual([200, 200])
    expect((await app('kept').refresh(living.refresh_token)).status).toBe(200)

    await disableClient(issuer().table, 'strict', Date.now())
    await expect.poll(() => statusOf(strict), withinTenSeconds).toBe(401)
    expect(outcome(await app('strict').refresh(strict.refresh_token))).toEqual([401, 'invalid_client'])
    await enableClient(issuer().table, 'strict')
    expect(outcome(await app('strict').refresh(strict.refresh_token))).toEqual([400, 'invalid_grant'])
    expect((await app('strict').linked({}, { login: bob })).access_token).toMatch(/^[\w-]{43}$/)
  })
})
