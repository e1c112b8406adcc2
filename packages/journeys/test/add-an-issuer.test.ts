/** docs/add-an-issuer.md: its settings on a local cloud, its claims signed by a provider, and what it says of both. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultBounds } from '../../identity/src/bounds.ts'
import { ask } from './support/graphql-client.ts'
import {
  claimsAt,
  here,
  json,
  page,
  printedBy,
  queryCommand,
  shownAnswer,
  startPageProvider,
} from './support/issuer-page.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './support/local-cloud.ts'
import type { Provider } from './support/openid-provider.ts'

const folder = createFolder()
let provider: Provider
let cloud: LocalCloud

const dialects = {
  Auth0: { name: 'auth0', claims: () => claimsAt(provider, 'Auth0'), client: 'client_id' },
  Keycloak: { name: 'keycloak', claims: () => claimsAt(provider, 'Keycloak'), client: 'azp' },
} as const

/** What differs in a row of a third issuer, which accepts each of its clients and lists only one that is a service. */
function open() {
  return { name: 'open', issuer: `${provider.url}/open`, clientIds: null, serviceClientIds: ['robot'] }
}

beforeAll(async () => {
  provider = await startPageProvider()
  const file = join(folder, 'issuers.json')
  const [auth0, keycloak] = Object.values(json).map(({ setting }) => JSON.parse(here(setting, provider))[0])
  writeFileSync(file, JSON.stringify([auth0, keycloak, { ...auth0, ...open() }]))
  cloud = await startLocalCloud(folder, ['--ephemeral', '--issuers', file])
})

afterAll(async () => {
  await cloud?.end()
  await provider?.stop()
  deleteFolder(folder)
})

describe.each(Object.entries(dialects))('a person of %s', (_, { name, claims, client }) => {
  it('gets the answer that the page shows', async () => {
    const token = await provider.sign(claims())
    expect(await printedBy(queryCommand, { provider, url: cloud.url }, { token })).toMatchObject(shownAnswer as object)
  })

  it('writes and reads, and is another person at another issuer', async () => {
    const token = await provider.sign(claims())
    const create = 'mutation { createNote(input: { title: "Groceries" }) { note { id title } } }'
    const { data, codes } = await ask(cloud.url, { token, query: create })
    expect(codes).toEqual({})
    const other = name === 'auth0' ? dialects.Keycloak : dialects.Auth0
    const foreign = await provider.sign({ ...other.claims(), sub: claims().sub as string })
    const read = { query: 'query ($id: ID!) { note(id: $id) { title } }', variables: { id: data.createNote.note.id } }
    expect((await ask(cloud.url, { ...read, token })).data).toEqual({ note: { title: 'Groceries' } })
    expect((await ask(cloud.url, { ...read, token: foreign })).codes).toEqual({ note: 'NOT_FOUND' })
  })

  it('may do what its scopes say', async () => {
    const token = await provider.sign({ ...claims(), scope: 'openid notes:read' })
    const { codes } = await ask(cloud.url, {
      token,
      query: 'mutation { createNote(input: { title: "x" }) { note { id } } }',
    })
    expect(codes).toEqual({ createNote: 'FORBIDDEN' })
  })

  const refused: readonly [what: string, changes: JWTPayload, reason: string][] = [
    ['an audience that is not ours', { aud: 'https://other.example.com' }, 'audience_wrong'],
    ['an audience beside ours', { aud: ['https://api.example.com/graphql', 'account'] }, 'audience_wrong'],
    ['no audience', { aud: undefined as never }, 'audience_wrong'],
    ['a client that is not listed', { [client]: 'stranger' }, 'client_unknown'],
    ['another issuer', { iss: 'https://other.example.com/' }, 'issuer_unknown'],
  ]

  it.each(refused)('is refused with %s, and the log says why', async (_what, changes, reason) => {
    const before = (await cloud.printed()).length
    const token = await provider.sign({ ...claims(), ...changes })
    const { status, headers } = await ask(cloud.url, { token, query: '{ __typename }' })
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')])
    expect((await cloud.printed()).slice(before)).toContain(`"reason":"${reason}"`)
    expect(page).toContain(`\`${reason}\``)
  })

  it('is refused with an ID token', async () => {
    const token = await provider.sign(claims(), 'JWT')
    expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(401)
  })
})

describe('a client of another party', () => {
  const profile = 'mutation { updateProfile(input: { renewHandle: true }) { me { handle } } }'
  const create = 'mutation { createNote(input: { title: "Groceries" }) { note { id } } }'
  const signed = (claims: JWTPayload) => provider.sign({ ...dialects.Auth0.claims(), ...claims })

  it('is each client that a row with `"clientIds": null` accepts: it writes notes and manages no account', async () => {
    expect(page).toContain('`updateProfile` is `FORBIDDEN`')
    for (const client_id of ['web', 'stranger', 'terminal']) {
      const token = await signed({ iss: open().issuer, client_id })
      expect((await ask(cloud.url, { token, query: create })).codes).toEqual({})
      expect((await ask(cloud.url, { token, query: profile })).codes).toEqual({ updateProfile: 'FORBIDDEN' })
    }
  })

  it('is no client that a row lists', async () => {
    const token = await signed({})
    expect((await ask(cloud.url, { token, query: create })).codes).toEqual({})
    expect((await ask(cloud.url, { token, query: profile })).codes).toEqual({})
  })

  it('is said in the log', async () => {
    const lineOf = async (claims: JWTPayload) => {
      const before = (await cloud.printed()).length
      await ask(cloud.url, { token: await signed(claims), query: create })
      return (await cloud.printed()).slice(before)
    }
    const robot = { client_id: 'robot', sub: 'robot@clients' }
    expect(await lineOf({ iss: open().issuer })).toContain('"thirdParty":true')
    expect(await lineOf({ iss: open().issuer, ...robot })).toContain('"thirdParty":false')
    expect(await lineOf({})).toContain('"thirdParty":false')
  })
})

describe('a client that acts for itself', () => {
  it.each(Object.values(dialects))('is a service at $name: it has no profile', async ({ claims, client }) => {
    const token = await provider.sign({ ...claims(), [client]: 'robot', sub: 'robot@clients' })
    expect((await ask(cloud.url, { token, query: '{ notes { nodes { id } } }' })).codes).toEqual({})
    expect((await ask(cloud.url, { token, query: '{ me { id } }' })).codes).toEqual({ me: 'FORBIDDEN' })
  })
})

describe('the page', () => {
  it('gives settings that a deployed stage takes, at a public address', () => {
    expect(parseOidcIssuers(json.Auth0.setting, 'deployed').faults).toEqual([])
    const deployed = json.Keycloak.setting.replaceAll('http://localhost:8080', 'https://login.example.com')
    expect(parseOidcIssuers(deployed, 'deployed').faults).toEqual([])
    expect(parseOidcIssuers(json.Keycloak.setting, 'deployed').faults).not.toEqual([])
  })

  it('names every member of the setting', () => {
    const { faults } = parseOidcIssuers('[{ "other": 1 }]', 'deployed')
    const members = /is not one of (.*)$/.exec(faults[0] ?? '')?.[1]?.split(', ') ?? []
    expect(members).toContain('issuerAudiences')
    expect([...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name)).toEqual(expect.arrayContaining(members))
  })

  it('gives the bounds of a change of keys', () => {
    const [section = ''] = /^## When the issuer changes its keys\n[\s\S]*?\n## /m.exec(page) ?? []
    const seconds = [...section.matchAll(/(\d+)\s+seconds/g)].map(([, number]) => Number(number))
    const { keysCooldownSeconds: cooldown, keysFreshSecondsMax: fresh } = defaultBounds
    expect(seconds).toEqual([cooldown, cooldown, cooldown, fresh, fresh, fresh, cooldown])
  })

  it('adds the issuers to the metadata that OAuth clients read', async () => {
    const response = await fetch(`${cloud.url}/.well-known/oauth-protected-resource/graphql`)
    expect(await response.json()).toMatchObject({
      authorization_servers: expect.arrayContaining([`${provider.url}/auth0/`, `${provider.url}/realms/notes`]),
    })
  })
})
