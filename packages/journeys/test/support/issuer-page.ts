/** docs/add-an-issuer.md with a provider of the tests in the place of Auth0 and Keycloak. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { JWTPayload } from 'jose'
import { type Provider, startProvider } from './openid-provider.ts'

export const page = readFileSync(new URL('../../../../docs/add-an-issuer.md', import.meta.url), 'utf8')

function blocksOf(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

const [auth0Setting = '', auth0Claims = '', keycloakSetting = '', keycloakClaims = ''] = blocksOf('json')

/** The JSON of the page: the setting, and the claims of a person's token. */
export const json = {
  Auth0: { setting: auth0Setting, claims: auth0Claims },
  Keycloak: { setting: keycloakSetting, claims: keycloakClaims },
} as const

/** Every command of the page, in its order. */
export const commands = blocksOf('sh').flatMap((text) => text.trim().split('\n'))
const [tokenCommand = '', startCommand = '', discoveryCommand = '', queryCommand = ''] = commands

export { discoveryCommand, queryCommand, startCommand, tokenCommand }

/** What the page says the query answers to a new person. */
export const shownAnswer: unknown = JSON.parse(/holds `(\{"data".*?)`/.exec(page)?.[1] ?? '')

/** A provider with the addresses that the page has for Auth0 and Keycloak. */
export function startPageProvider(): Promise<Provider> {
  return startProvider([
    { issuer: '/auth0/', keys: '/auth0/.well-known/jwks.json', token: '/auth0/oauth/token' },
    { issuer: '/realms/notes', keys: '/realms/notes/protocol/openid-connect/certs' },
  ])
}

/** A text of the page, with the provider's addresses. */
export function here(text: string, { url }: Provider): string {
  return text.replaceAll('https://example.eu.auth0.com', `${url}/auth0`).replaceAll('http://localhost:8080', url)
}

/** Claims of a person, as the page shows them. */
export function claimsAt(provider: Provider, name: keyof typeof json): JWTPayload {
  return JSON.parse(here(json[name].claims, provider))
}

interface Servers {
  readonly provider: Provider
  /** The cloud, in the place of the page's `http://127.0.0.1:4000`. */
  readonly url: string
}

/** The JSON that a command of the page prints; `variables` are those of the shell. */
export async function printedBy(
  command: string,
  { provider, url }: Servers,
  variables: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>> {
  const line = here(command, provider).replace('http://127.0.0.1:4000', url)
  return JSON.parse((await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, ...variables } })).stdout)
}
