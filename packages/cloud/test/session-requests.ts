/** Requests to the deployed functions of browser sessions, as the gateway passes them on. */
import { sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { expect } from 'vitest'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { type createSessionWorld, origin } from './session-world.ts'
import { event, type Response, responseOf } from './world.ts'

/** An answer, with its cookies apart. */
export type Answer = Response & { readonly cookies?: readonly string[] }

interface Sent {
  readonly query?: string
  readonly body?: string
  readonly cookies?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

/** What our own pages send. */
export const own: Readonly<Record<string, string>> = { 'x-fieldnotes': '1', origin, 'sec-fetch-site': 'same-origin' }

/** Sends one request to a function. */
export async function send(to: Sandbox, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { query = '', body = '', cookies = [], headers = {} } = sent
  const plain = event(path, { method, body })
  const all = { ...plain.headers, ...headers }
  return responseOf(await to.invoke({ ...plain, rawQueryString: query, cookies, headers: all }))
}

/** The cookies of an answer as a browser sends them back. */
export function cookiesOf({ cookies = [] }: Answer): readonly string[] {
  return cookies.map((cookie) => cookie.split(';')[0] ?? '').filter((cookie) => !cookie.endsWith('='))
}

export function secondsAgo(age: number): number {
  return Math.floor(Date.now() / 1000) - age
}

/** What our own page does in this world, and what a test does to its session. */
export function pageOf(world: () => Awaited<ReturnType<typeof createSessionWorld>>) {
  function ask(query: string, cookies: readonly string[], headers = own) {
    return send(world().entry, 'POST', '/session/graphql', { body: JSON.stringify({ query }), cookies, headers })
  }

  /** The page sends an ID token of Firebase. */
  function signInWithFirebase(idToken: string, headers = own) {
    return send(world().session, 'POST', '/session/firebase', { body: JSON.stringify({ idToken }), headers })
  }

  /** Cookies of a new session of a person of Firebase. */
  async function firebaseSession(sub: string): Promise<readonly string[]> {
    const answer = await signInWithFirebase(await world().google.idToken({ sub }))
    expect([answer.statusCode, answer.body ?? '']).toEqual([204, ''])
    return cookiesOf(answer)
  }

  /** Path and status of the requests to our own issuer while this runs, without those for its keys. */
  async function requestsToOwnIssuer(act: () => Promise<unknown>): Promise<readonly unknown[]> {
    const { requests } = world().own
    const before = requests.length
    await act()
    return requests.slice(before).filter(([path]) => path !== '/oauth/jwks')
  }

  /** Makes the refresh of a session due. */
  async function makeDue(cookies: readonly string[]): Promise<void> {
    const [cookie = ''] = cookies.map((each) => each.split('=')[1])
    await world().access.write({ update: sessionKey(digestOf(cookie)), set: { accessUntil: secondsAgo(1) } })
  }
  return { ask, signInWithFirebase, firebaseSession, requestsToOwnIssuer, makeDue }
}
