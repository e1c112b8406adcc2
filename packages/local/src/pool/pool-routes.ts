/** Addresses of the user pool, relative to its issuer. A new one is a new row. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { seeOther } from '../pages/page.ts'
import { RequestRefusal } from '../pages/requests.ts'
import type { ApiTokens } from './api/api-tokens.ts'
import { appClient } from './clients.ts'
import { pageAt } from './hosted/page-routes.ts'
import { createSecondFactorSetup } from './hosted/second-factor-setup.ts'
import { signOut } from './hosted/sign-out.ts'
import { type HostedParts, pathOf } from './hosted/visit.ts'
import { answerUserInfo } from './user-info.ts'

/** What the addresses use. */
export interface RouteParts extends HostedParts {
  readonly tokens: ApiTokens
}

/** Answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void>

type Callback = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Passes a request to oidc-provider, which finds out from `originalUrl` where it is mounted. */
function passTo(callback: Callback, mount: string, path: string): Answer {
  return (request, response, query) => {
    const url = `${path}?${query}`
    return callback(Object.assign(request, { originalUrl: mount + url, url }), response)
  }
}

/** A browser that uses the other name of this machine goes on at the issuer's, where all cookies of the sign-in are. */
function atIssuer(issuer: string, path: string, answer: Answer): Answer {
  return async (request, response, query) => {
    if (request.headers.host === new URL(issuer).host) return answer(request, response, query)
    seeOther(response, `${issuer}${path}?${query}`)
  }
}

/**
 * Begins an authorization as Cognito does
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html): without scopes the client
 * gets all that it may have, and without `openid` there is no ID token, so that a `nonce` has no use.
 */
function authorizeBy(pass: Answer): Answer {
  return async (request, response, query) => {
    const scopes = appClient(query.get('client_id'))?.scopes
    if (!query.get('scope') && scopes) query.set('scope', scopes.join(' '))
    if (!query.get('scope')?.split(' ').includes('openid')) query.delete('nonce')
    if ((query.get('response_mode') ?? 'query') !== 'query')
      throw new RequestRefusal(400, 'The app wants an answer in another form than a query: response_mode.')
    await pass(request, response, query)
  }
}

/** The answer of the second provider goes on to the sign-in that it belongs to, where the browser has its cookie. */
function passAnswer({ google, issuer }: RouteParts): Answer {
  return async (_request, response, query) => {
    const uid = google.ownerOf(query.get('state'))
    if (uid === undefined) throw new RequestRefusal(400, 'This sign-in has ended. Go back to the app, and start again.')
    seeOther(response, `${pathOf({ issuer, uid }, 'google')}?${query}`)
  }
}

type Methods = Readonly<Record<string, Answer>>

function fixedRoutes(parts: RouteParts, mount: string, callback: Callback): Readonly<Record<string, Methods>> {
  const { people, signIn, tokens } = parts
  const secondFactor = createSecondFactorSetup(parts.issuer, people, signIn)
  const userInfo: Answer = (request, response) => answerUserInfo(tokens, people, request, response)
  const atHost = (path: string, answer: Answer) => atIssuer(parts.issuer, path, answer)
  const authorize = (more: Readonly<Record<string, string>>): Answer => {
    return async (_request, response, query) => {
      for (const [name, value] of Object.entries(more)) query.set(name, value)
      seeOther(response, `${mount}/oauth2/authorize?${query}`)
    }
  }
  return {
    '/oauth2/authorize': {
      GET: atHost('/oauth2/authorize', authorizeBy(passTo(callback, mount, '/oauth2/authorize'))),
    },
    '/oauth2/token': { POST: passTo(callback, mount, '/oauth2/token') },
    '/oauth2/revoke': { POST: passTo(callback, mount, '/oauth2/revoke') },
    '/oauth2/userInfo': { GET: userInfo, POST: userInfo },
    '/oauth2/idpresponse': { GET: passAnswer(parts) },
    '/login': { GET: authorize({}) },
    '/signup': { GET: authorize({ screen_hint: 'signup' }) },
    '/logout': { GET: atHost('/logout', (request, response, query) => signOut(parts, request, response, query)) },
    '/second-factor': { GET: secondFactor, POST: secondFactor },
  }
}

function refuseMethod(methods: Methods): Answer {
  const allow = Object.keys(methods).join(', ')
  return async (_request, response) => void response.writeHead(405, { allow, 'cache-control': 'no-store' }).end()
}

/** Returns a function from path and method to the answer, or to undefined. */
export function createRoutes(parts: RouteParts): (path: string, method: string) => Answer | undefined {
  const mount = new URL(parts.issuer).pathname
  const callback = parts.provider.callback()
  const fixed = fixedRoutes(parts, mount, callback)
  return (path, method) => {
    const page = pageAt(path, method)
    if (page) return (request, response, query) => page(parts, request, response, query)
    // oidc-provider goes on with an authorization request here, after the pages of the sign-in.
    if (/^\/oauth2\/authorize\/[\w-]{1,64}$/.test(path)) return passTo(callback, mount, path)
    const methods = Object.hasOwn(fixed, path) ? fixed[path] : undefined
    return methods && (Object.hasOwn(methods, method) ? methods[method] : refuseMethod(methods))
  }
}
