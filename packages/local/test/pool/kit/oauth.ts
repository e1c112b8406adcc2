/** Acts of an app and a visitor at the OAuth endpoints of one pool, which all tests of a file share. */
import { afterEach, vi } from 'vitest'
import { clientSecret } from '../../../src/pool/clients.ts'
import { createApp } from './app.ts'
import { type TestPool, usePool } from './start-pool.ts'
import { createVisitor, type Visitor } from './visitor.ts'

/** Signs a person in, and returns the answer that the app gets. */
export async function signInAs(visitor: Visitor, url: string, username = 'alice', password = `fieldnotes-${username}`) {
  return visitor.submit(await visitor.open(url), { username, password }, 'Sign in')
}

/** The header of a token, as `identity` reads it. */
export function bearer(token: string) {
  return { authorization: [`Bearer ${token}`] }
}

/** Posts a form to an endpoint of the pool. */
export async function post(
  pool: TestPool,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(`${pool.issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** Credentials of the machine client. */
export function basic(pool: TestPool, secret = clientSecret(pool.keys.cursorSecret, 'localmachine0001')) {
  return { authorization: `Basic ${Buffer.from(`localmachine0001:${secret}`).toString('base64')}` }
}

/** Starts a pool for a file. Each test has an app and a visitor of its own, and the real clock afterwards. */
export function useOAuth() {
  const running = usePool()
  afterEach(() => {
    vi.useRealTimers()
  })
  const open = async () => {
    const pool = running()
    return { pool, app: await createApp(pool), visitor: createVisitor(pool.url) }
  }
  const signedIn = async () => {
    const { pool, app, visitor } = await open()
    const started = await app.start()
    const tokens = await app.redeem(started, await signInAs(visitor, started.url))
    return { pool, app, visitor, tokens }
  }
  return { open, signedIn }
}
