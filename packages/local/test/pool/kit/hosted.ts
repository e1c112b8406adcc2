/** Acts of a visitor at the pages of the user pool. */
import { vi } from 'vitest'
import { createApp, redirectUri } from './app.ts'
import { startPool } from './start-pool.ts'
import { createVisitor, type View } from './visitor.ts'

/** A password that the policy accepts. */
export const password = 'Correct-horse-9'

/** A pool, an app and a visitor for one test. */
export async function open() {
  const pool = await startPool()
  const app = await createApp(pool)
  return { pool, app, visitor: createVisitor(pool.url) }
}

/** What `open` returns. */
export type Opened = Awaited<ReturnType<typeof open>>

/** An app, and the visitor who uses it. */
export type Used = Pick<Opened, 'app' | 'visitor'>

/** Sends a sign-up, and arrives at the page of the code. */
export async function signUp({ app, visitor }: Used, email: string, more = {}) {
  const started = await app.start()
  const page = await visitor.follow(await visitor.open(started.url), 'Make an account')
  const view = await visitor.submit(page, { name: 'Dora', email, password, ...more }, 'Make an account')
  return { started, view }
}

/** Sends the page of sign-in. */
export async function signIn({ app, visitor }: Used, username: string, secret: string) {
  const started = await app.start()
  const page = await visitor.open(started.url)
  return { started, view: await visitor.submit(page, { username, password: secret }, 'Sign in') }
}

/** Whether the visitor is back at the app with a code. */
export function arrived(view: View): boolean {
  return view.url.startsWith(`${redirectUri}?code=`)
}

/** Status and page, without what differs from one sign-in to the next. */
export function comparable({ html, status }: View): readonly [number, string] {
  return [status, html.replace(/(\/login\/|sign-in=)[\w-]+/g, '$1…').replace(/[\w.]+@[\w.]+/g, '…')]
}

/** Moves the clock. Call `vi.useRealTimers` afterwards. */
export function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}
