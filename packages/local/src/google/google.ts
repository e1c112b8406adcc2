/**
 * A second provider on this machine, in the place of Google: an OpenID provider with a page on which a person chooses
 * an account. There are no passwords: every account of it exists.
 */
import { generateKeyPair } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import type { Log } from '@fieldnotes/core/log'
import { html } from '@fieldnotes/issuer/html'
import Provider, { type Adapter, type Configuration, interactionPolicy } from 'oidc-provider'
import { finishInteraction } from '../pages/finish-interaction.ts'
import { pageHeaders, pageText, sendPage } from '../pages/page.ts'
import { RequestRefusal, readForm } from '../pages/requests.ts'
import { accountsPage, type GoogleAccount, parseAccount } from './accounts-page.ts'
import { googleSubject } from './google-subject.ts'

/** The client that the user pool is at the second provider. */
export interface GoogleClient {
  readonly id: string
  readonly secret: string
  readonly redirectUri: string
}

/** What the provider needs. */
export interface GoogleSettings {
  /** `<origin>/google`. */
  readonly issuer: string
  readonly client: GoogleClient
  readonly cookieKey: string
  /** Where its sessions and codes are stored. */
  readonly adapterOf: (model: string) => Adapter
  readonly log: Log
}

async function createKey() {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kid: 'google', alg: 'RS256', use: 'sig' }
}

function configuration(
  { issuer, client, cookieKey, adapterOf }: GoogleSettings,
  accounts: ReadonlyMap<string, GoogleAccount>,
): Configuration {
  const mount = new URL(issuer).pathname
  const policy = interactionPolicy.base()
  policy.remove('consent')
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true } as const
  return {
    adapter: adapterOf,
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirectUri] }],
    findAccount: (_ctx, sub) => {
      const account = accounts.get(sub)
      return account && { accountId: sub, claims: () => ({ sub, ...account, email_verified: true }) }
    },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    interactions: { policy, url: (_ctx, { uid }) => `${mount}/accounts/${uid}` },
    cookies: {
      short: cookie,
      long: { ...cookie, path: mount },
      keys: [cookieKey],
      names: { session: 'google', interaction: 'google-accounts', resume: 'google-resume' },
    },
    ttl: { Session: 60, Interaction: 3600, Grant: 600, AuthorizationCode: 60, AccessToken: 300, IdToken: 300 },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    renderError: (ctx, { error }) => {
      ctx.set(pageHeaders())
      ctx.body = pageText({ title: 'This sign-in can’t go on', body: html`<p><code>${error}</code></p>` })
    },
  }
}

/** The provider as a request handler: it answers requests below `/google` and returns false for all others. */
export async function createGoogle(settings: GoogleSettings) {
  const accounts = new Map<string, GoogleAccount>()
  const provider: Provider = new Provider(settings.issuer, {
    ...configuration(settings, accounts),
    jwks: { keys: [(await createKey()) as never] },
    loadExistingGrant: async ({ oidc: { client, session } }) => {
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  provider.on('server_error', (_ctx, { name }) => settings.log('error', 'google', { cause: name }))
  const callback = provider.callback()
  const mount = new URL(settings.issuer).pathname

  async function choose(request: IncomingMessage, response: ServerResponse, uid: string): Promise<void> {
    const details = await provider.interactionDetails(request, response).catch(() => undefined)
    if (details?.uid !== uid)
      throw new RequestRefusal(400, 'This sign-in has ended. Go back to the app, and start again.')
    const form = request.method === 'POST' ? await readForm(request) : undefined
    const account = form && parseAccount(form)
    if (!account) return sendPage(response, { ...accountsPage(request.url ?? '', form), formLeaves: true })
    const accountId = googleSubject(account.email)
    accounts.set(accountId, account)
    if (accounts.size > 1000) accounts.delete([...accounts.keys()][0] ?? '')
    await finishInteraction(provider, request, response, { accountId })
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const [path = ''] = (request.url ?? '').split('?')
    if (!path.startsWith(`${mount}/`)) return false
    const [, uid] = /^\/accounts\/([\w-]{1,64})$/.exec(path.slice(mount.length)) ?? []
    if (uid !== undefined) await choose(request, response, uid)
    else
      await callback(
        Object.assign(request, { originalUrl: request.url, url: request.url?.slice(mount.length) }),
        response,
      )
    return true
  }
}
