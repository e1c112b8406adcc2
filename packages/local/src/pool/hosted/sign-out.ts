/**
 * The sign-out of the pool (https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html): ends the
 * session of the browser and goes back to the app, or on to a new sign-in. Tokens stay valid until they are revoked.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { seeOther } from '../../pages/page.ts'
import { RequestRefusal } from '../../pages/requests.ts'
import { appClient, isLoopbackUri, logoutPaths } from '../clients.ts'
import type { HostedParts } from './visit.ts'

/** Where to go. @throws RequestRefusal 400 for an address that is not the client's */
function targetOf(mount: string, query: URLSearchParams): string {
  const kind = appClient(query.get('client_id'))?.kind ?? 'machine'
  if (kind === 'machine') throw new RequestRefusal(400, 'This app is not known here.')
  const back = query.get('logout_uri')
  if (back !== null && isLoopbackUri(back, logoutPaths)) return back
  // The redirect URI of a new sign-in is checked by the authorization endpoint.
  if (back === null && query.has('redirect_uri')) return `${mount}/oauth2/authorize?${query}`
  throw new RequestRefusal(400, 'The app wants to go to an address that is not its own: logout_uri.')
}

/** Ends the session, if there is one. */
export async function signOut(
  { provider, issuer }: HostedParts,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): Promise<void> {
  const path = new URL(issuer).pathname
  const target = targetOf(path, query)
  const context = provider.createContext(request, response)
  const session = await provider.Session.get(context as never)
  if (session.accountId) await session.destroy()
  context.cookies.set(provider.cookieName('session'), null, { path, signed: true, httpOnly: true, sameSite: 'lax' })
  seeOther(response, target)
}
