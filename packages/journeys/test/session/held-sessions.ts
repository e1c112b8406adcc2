/** Sessions with the refresh token that holds them, and whether their provider still accepts it. */
import type { Result } from '@fieldnotes/api/route'
import type { OwnIssuerConfig } from '@fieldnotes/session/config'
import { basic, form } from '../support/own-issuer.ts'
import { type Instance, sessionCookie } from './instance.ts'
import { type Person, signInCookiesIn, untilCallback, type World } from './world.ts'

/** A session, as its browser and its provider have it. */
export interface HeldSession {
  readonly cookie: string
  readonly refreshToken: string
  /** The server that gave the refresh token. */
  readonly server: OwnIssuerConfig
}

/** An instance that signs in, and the refresh tokens that it gets. */
async function watched(world: World): Promise<readonly [instance: Instance, refreshTokens: string[]]> {
  const seen: string[] = []
  const watch: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const { refresh_token } = await response
      .clone()
      .json()
      .catch(() => ({}))
    if (refresh_token) seen.push(refresh_token)
    return response
  }
  return [await world.newInstance({ fetch: watch }), seen]
}

function held({ cookies = [] }: Result, server: OwnIssuerConfig, [refreshToken = '']: readonly string[]): HeldSession {
  const prefix = `${sessionCookie}=`
  const own = cookies.find((cookie) => cookie.startsWith(prefix))
  if (!own) throw new Error('no session')
  return { cookie: own.slice(prefix.length).replace(/;.*/, ''), refreshToken, server }
}

/** A session of a person of the user pool. */
export async function poolSession(world: World, person: Person): Promise<HeldSession> {
  const [instance, seen] = await watched(world)
  const { browser, callback } = await untilCallback(world.newBrowser(), '/session/login', person)
  const result = await instance.open(callback, ...signInCookiesIn(browser))
  return held(result, world.settings.sessions.provider, seen)
}

/** A session of a person of Firebase. */
export async function firebaseSession(world: World, idToken: string): Promise<HeldSession> {
  const [instance, seen] = await watched(world)
  return held(await instance.firebase(idToken), world.settings.sessions.ownIssuer, seen)
}

/** Whether the provider still gives tokens for the refresh token of a session. */
export async function isHeld({ refreshToken, server }: HeldSession): Promise<boolean> {
  const { status } = await fetch(server.tokenEndpoint, {
    method: 'POST',
    headers: { authorization: basic(server.clientId, server.clientSecret) },
    body: form({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  })
  return status === 200
}
