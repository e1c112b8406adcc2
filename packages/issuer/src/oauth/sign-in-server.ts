/** The authorization endpoint of oidc-provider: PKCE for all, cookies of one sign-in, pages of our own. */
import type Provider from 'oidc-provider'
import {
  type Client,
  type Configuration,
  type ErrorOut,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { requiresPkce } from '../grants/app-rows.ts'
import { clientAuthMethods } from '../grants/grant.ts'
import { issuerPaths } from '../metadata.ts'
import { refusalPage } from '../pages/consent-page.ts'
import type { SignIns } from '../sign-in/open-sign-ins.ts'
import { rowOf } from './registered-client.ts'
import type { StepParts } from './sign-in-context.ts'
import { sendPage, signInPages } from './sign-in-pages.ts'

/** Names of the cookies. A browser drops `__Host-` for the last, whose path oidc-provider chooses. */
export const cookieNames = { interaction: '__Host-oauth', session: '__Host-oauth-session', resume: '__Secure-oauth' }

const attributes = { signed: true, httpOnly: true, secure: true, sameSite: 'lax', path: '/', overwrite: true } as const

/** A sign-in for each request: the prompt is answered by the result of this very interaction alone. */
function policy() {
  const base = interactionPolicy.base()
  const login = base.get('login')
  login?.checks.remove('no_session')
  login?.checks.add(
    new interactionPolicy.Check(
      'no_sign_in',
      'the person has to sign in',
      'login_required',
      ({ oidc }) => !oidc.result?.login,
    ),
  )
  return base
}

/** Which provider a request may name, so that its person need not choose. */
function providerCheck({ firebase }: SignIns) {
  const names: readonly unknown[] = [undefined, 'Cognito', ...(firebase ? ['Firebase'] : [])]
  return (_ctx: unknown, provider: unknown) => {
    if (!names.includes(provider)) throw new errors.InvalidRequest('provider is not known')
  }
}

/** Every client has a row. One without it would need what most do. */
function needsPkce(client: Client): boolean {
  const row = rowOf(client)
  return !row || requiresPkce(row)
}

/** Settings of the endpoint. */
export function codeSettings(signIns: SignIns): Configuration {
  return {
    responseTypes: ['code'],
    clientAuthMethods: [...clientAuthMethods, 'none'],
    pkce: { required: (_ctx, client) => needsPkce(client) },
    extraParams: { provider: providerCheck(signIns) },
    cookies: { keys: [...signIns.cookieSecrets], names: cookieNames, long: attributes, short: attributes },
    interactions: { policy: policy(), url: () => issuerPaths.issuer + issuerPaths.signIn },
    allowOmittingSingleRegisteredRedirectUri: false,
    enableHttpPostMethods: false,
  }
}

/** What the pages need beside the provider. */
export interface SignInServerParts extends Omit<StepParts, 'provider' | 'cookieSecret' | 'mount'> {
  readonly cookieSecrets: readonly [string, ...string[]]
}

/** Adds the pages. Cookies are `Secure` on the laptop too, where the library sees plain HTTP and would refuse them. */
export function serveSignIns(provider: Provider, { cookieSecrets: [cookieSecret], ...parts }: SignInServerParts): void {
  const create = provider.createContext
  provider.createContext = function created(...request) {
    const ctx = create.apply(provider, request)
    ctx.cookies.secure = true
    return ctx
  } as typeof create
  provider.use(signInPages({ ...parts, provider, cookieSecret, mount: issuerPaths.issuer }) as never)
}

/** Refusals of the authorization endpoint are pages; all others are JSON. */
export function renderError(ctx: KoaContextWithOIDC, { error, error_description }: ErrorOut): void {
  if (ctx.path.startsWith(issuerPaths.authorization)) {
    sendPage(ctx, ctx.status, refusalPage('This sign-in can’t go on'))
    return
  }
  ctx.type = 'json'
  ctx.body = { error, error_description }
}
