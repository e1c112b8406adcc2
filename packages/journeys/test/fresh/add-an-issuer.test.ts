/**
 * Does docs/add-an-issuer.md word by word on a fresh copy of the repository: stores each of its settings as
 * `issuers.json`, runs its commands in their order, and compares what they print with what the page says.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/graphql-client.ts'
import {
  claimsAt,
  commands,
  discoveryCommand,
  here,
  json,
  printedBy,
  queryCommand,
  shownAnswer,
  startCommand,
  startPageProvider,
  tokenCommand,
} from '../support/issuer-page.ts'
import { type LocalCloud, serving } from '../support/local-cloud.ts'
import type { Provider } from '../support/openid-provider.ts'
import { createFreshCopy, type FreshCopy } from './fresh-copy.ts'

let copy: FreshCopy
let provider: Provider
let cloud: LocalCloud | undefined

beforeAll(async () => {
  copy = createFreshCopy()
  provider = await startPageProvider()
})
afterEach(() => cloud?.end())
afterAll(async () => {
  await provider.stop()
  copy.remove()
})

/** The cloud with the setting, started as the page says. */
async function startWith(setting: string): Promise<string> {
  writeFileSync(join(copy.folder, 'issuers.json'), here(setting, provider))
  cloud = await serving(copy.start(startCommand), copy.folder)
  return cloud.url
}

async function tokenOfClient(): Promise<string> {
  const { access_token } = await printedBy(tokenCommand, { provider, url: '' }, { secret: 'robot secret' })
  return String(access_token)
}

describe('the page', () => {
  it('has these commands', () => {
    expect(commands.map((command) => command.replace(/ [-h].*/, ''))).toEqual(['curl', 'npm start', 'curl', 'curl'])
  })

  it.each([
    // As the page says, without the slash before `/.well-known`.
    ['Auth0', discoveryCommand.replace('/realms/notes/', '/auth0/')],
    ['Keycloak', discoveryCommand],
  ] as const)('adds %s', async (name, discovery) => {
    const { setting } = json[name]
    const at = { provider, url: await startWith(setting) }
    const [{ issuer, jwksUri }] = JSON.parse(here(setting, provider))
    expect(await printedBy(discovery, at)).toMatchObject({ issuer, jwks_uri: jwksUri })
    const token = await provider.sign(claimsAt(provider, name))
    expect(await printedBy(queryCommand, at, { token })).toMatchObject(shownAnswer as object)
  })

  it('gets a token of a client, which is a service', async () => {
    const token = await tokenOfClient()
    const url = await startWith(json.Auth0.setting)
    expect(await printedBy(queryCommand, { provider, url }, { token })).toMatchObject(shownAnswer as object)
    expect((await ask(url, { token, query: '{ me { id } }' })).codes).toEqual({ me: 'FORBIDDEN' })
  })

  it('refuses the token where the setting was not added', async () => {
    const token = await tokenOfClient()
    const url = await startWith(json.Keycloak.setting)
    expect((await ask(url, { token, query: '{ __typename }' })).status).toBe(401)
    expect(await cloud?.printed()).toContain('"reason":"issuer_unknown"')
  })
})
