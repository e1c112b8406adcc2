/** Runs docs/add-an-issuer.md: settings on a local cloud, claims signed by a provider, commands in a shell. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultBounds } from '../../identity/src/bounds.ts'
import { ask } from './support/graphql-client.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './support/local-cloud.ts'
import { type Provider, startProvider } from './support/openid-provider.ts'

const page = readFileSync(new URL('../../../docs/add-an-issuer.md', import.meta.url), 'utf8')

function blocksOf(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

const [auth0Setting = '', auth0Claims = '', keycloakSetting = '', keycloakClaims = ''] = blocksOf('json')
/** Every command of the page, in its order. */
const commands = blocksOf('sh').flatMap((text) => text.trim().split('\n'))
const [tokenCommand = '', startCommand = '', discovery = '', query = ''] = commands

const folder = createFolder()
let provider: Provider
let cloud: LocalCloud

/** The page's text with the provider of this test in the place of Auth0 and Keycloak. */
function here(text: string): string {
  return text
    .replaceAll('https://example.eu.auth0.com', `${provider.url}/auth0`)
    .replaceAll('http://localhost:8080', provider.url)
}

const dialects = {
  Auth0: { name: 'auth0', claims: () => JSON.parse(here(auth0Claims)) as JWTPayload, client: 'client_id' },
  Keycloak: { name: 'keycloak', claims: () => JSON.parse(here(keycloakClaims)) as JWTPayload, client: 'azp' },
} as const

/** What differs in a row of a third issuer, which accepts each of its clients and lists only one that is a service. */
function open() {
  return { name: 'open', issuer: `${provider.url}/open`, clientIds: null, serviceClientIds: ['robot'] }
}

beforeAll(async () => {
  provider = await startProvider([
    { issuer: '/auth0/', keys: '/auth0/.well-known/jwks.json', token: '/auth0/oauth/token' },
    { issuer: '/realms/notes', keys: '/realms/notes/protocol/openid-connect/certs' },
  ])
  const file = join(folder, 'issuers.json')
  const [auth0, keycloak] = [auth0Setting, keycloakSetting].map((text) => JSON.parse(here(text))[0])
  writeFileSync(file, JSON.stringify([auth0, keycloak, { ...auth0, ...open() }]))
  const options = /^npm start -- (.*)$/.exec(startCommand)?.[1]?.replace('issuers.json', file).split(' ')
  cloud = await startLocalCloud(folder, ['--ephemeral', ...(options ?? [])])
})

afterAll(async () => {
  await cloud?.end()
  await provider?.stop()
  deleteFolder(folder)
})

/** The JSON that one of the page's own commands prints. */
async function printedBy(command: string, variables: Record<string, string>): Promise<Record<string, unknown>> {
  const env = { ...process.env, ...variables }
  const line = here(command).replace('http://127.0.0.1:4000', cloud.url)
  return JSON.parse((await promisify(execFile)('sh', ['-c', line], { env })).stdout)
}

function answerToCommand(token: string): Promise<{ data?: unknown }> {
  return printedBy(query, { token })
}

describe.each(Object.entries(dialects))('a person of %s', (_, { name, claims, client }) => {
  it('gets the answer that the page shows', async () => {
    const answer = await answerToCommand(await provider.sign(claims()))
    const { data } = JSON.parse(/holds `(\{"data".*?)`/.exec(page)?.[1] ?? '')
    expect(answer.data).toEqual(data)
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
    const before = cloud.printed().length
    const token = await provider.sign({ ...claims(), ...changes })
    const { status, headers } = await ask(cloud.url, { token, query: '{ __typename }' })
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('invalid_token')])
    expect(cloud.printed().slice(before)).toContain(`"reason":"${reason}"`)
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
      const before = cloud.printed().length
      await ask(cloud.url, { token: await signed(claims), query: create })
      return cloud.printed().slice(before)
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

describe('the commands of the page', () => {
  it('are these four', () => {
    expect(commands.map((command) => command.split(' ', 2).join(' '))).toEqual([
      'curl -s',
      'npm start',
      'curl -s',
      'curl -s',
    ])
  })

  it.each([
    ['Keycloak', () => keycloakSetting, (command: string) => command],
    // As the page says, without the slash before `/.well-known`.
    ['Auth0', () => auth0Setting, (command: string) => command.replace('/realms/notes/', '/auth0/')],
  ])('show that the setting of %s is what the provider publishes', async (_, setting, changed) => {
    const [{ issuer, jwksUri }] = JSON.parse(here(setting()))
    expect(await printedBy(changed(discovery), {})).toMatchObject({ issuer, jwks_uri: jwksUri })
  })

  it('get a token of a client, with which the query is answered', async () => {
    const { access_token: token } = await printedBy(tokenCommand, { secret: 'robot secret' })
    expect(await answerToCommand(String(token))).toMatchObject({ data: { notes: { nodes: [] } } })
    expect((await ask(cloud.url, { token: String(token), query: '{ me { id } }' })).codes).toEqual({ me: 'FORBIDDEN' })
  })
})

describe('the page', () => {
  it('gives settings that a deployed stage takes, at a public address', () => {
    expect(parseOidcIssuers(auth0Setting, 'deployed').faults).toEqual([])
    const deployed = keycloakSetting.replaceAll('http://localhost:8080', 'https://login.example.com')
    expect(parseOidcIssuers(deployed, 'deployed').faults).toEqual([])
    expect(parseOidcIssuers(keycloakSetting, 'deployed').faults).not.toEqual([])
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
    expect(seconds).toEqual([cooldown, cooldown, cooldown, fresh, fresh])
  })

  it('adds the issuers to the metadata that OAuth clients read', async () => {
    const response = await fetch(`${cloud.url}/.well-known/oauth-protected-resource/graphql`)
    expect(await response.json()).toMatchObject({
      authorization_servers: expect.arrayContaining([`${provider.url}/auth0/`, `${provider.url}/realms/notes`]),
    })
  })
})
