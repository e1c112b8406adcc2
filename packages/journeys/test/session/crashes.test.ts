/**
 * A process that is gone at some step of a sign-in or a sign-out: no person is locked out, and nothing is left over.
 */

import type { Visitor } from '@fieldnotes/local/test/visitor'
import { createSessionStore } from '@fieldnotes/table/session-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTableProxy } from '../revocation/table-proxy.ts'
import { type InstanceOptions, sessionCookie } from './instance.ts'
import { itemOf, type Person, sessionOf, signInCookiesIn, startWorld, untilCallback, type World } from './world.ts'

let world: World
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => {
  for (const end of ends) await end()
  await world.stop()
})

/** A promise that never ends, as the promise of a process that is gone. */
function gone(): Promise<never> {
  return new Promise(() => {})
}

/** A fetch that is gone at an endpoint of the provider, before or after the request. */
function goneAt(path: string, when: 'before' | 'after'): typeof fetch {
  return async (input, init) => {
    if (!String(input).endsWith(path)) return fetch(input, init)
    if (when === 'after') await fetch(input, init)
    return gone()
  }
}

/** An instance whose table is gone at a command, the `nth` time. */
async function goneTable(
  command: string,
  nth = 1,
): Promise<InstanceOptions & { readonly commands: () => readonly string[] }> {
  const line = await openTableProxy(world.endpoint)
  ends.push(line.close)
  line.stopAt(command, nth)
  return { endpoint: line.endpoint, commands: line.commands }
}

async function listOf(personId: string) {
  return createSessionStore(world.access, Date.now).list(personId)
}

async function sessionIn(browser: Visitor) {
  const item = await itemOf(world.access, browser.cookie(sessionCookie) ?? '')
  return item as unknown as { readonly personId: string; readonly endedAt?: number } | undefined
}

/** Step of a sign-in → an instance that is gone there, and what shows that it was reached. */
const signIns: Readonly<Record<string, () => Promise<InstanceOptions>>> = {
  'before the started sign-in is consumed': () => goneTable('DeleteItem'),
  'before the code is redeemed': async () => ({ fetch: goneAt('/oauth2/token', 'before') }),
  'after the code was redeemed': async () => ({ fetch: goneAt('/oauth2/token', 'after') }),
  'before the tokens are sealed': async () => ({ keys: { ...world.keys, generateDataKey: gone } }),
  'before the session is stored': () => goneTable('TransactWriteItems'),
}

describe('a sign-in whose process is gone', () => {
  it.each(Object.entries(signIns))('%s: the person signs in again, and has one session', async (_name, crash) => {
    const known = await world.signedIn()
    const { personId = '' } = (await sessionIn(known)) ?? {}
    const store = createSessionStore(world.access, Date.now)
    await store.endAll(personId, Number.POSITIVE_INFINITY)
    const { browser, callback } = await untilCallback(world.newBrowser())
    const instance = await world.newInstance(await crash())
    const outcome = await Promise.race([instance.open(callback, ...signInCookiesIn(browser)), wait(700)])
    expect(outcome).toBe('still running')
    expect(await listOf(personId)).toEqual([])
    const again = await world.signedIn()
    expect(await sessionOf(again)).toMatchObject({ signedIn: true })
    expect(await listOf(personId)).toHaveLength(1)
  })
})

function wait(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('still running'), ms))
}

/** Step of a sign-out → an instance that is gone there, and whether the session has ended by then. */
const signOuts: Readonly<Record<string, readonly [crash: () => Promise<InstanceOptions>, hasEnded: boolean]>> = {
  'before anything is stored': [() => goneTable('TransactWriteItems'), false],
  'before the provider is informed': [async () => ({ fetch: goneAt('/oauth2/revoke', 'before') }), true],
  'after the provider was informed': [async () => ({ fetch: goneAt('/oauth2/revoke', 'after') }), true],
  'before the session is forgotten': [() => goneTable('TransactWriteItems', 2), true],
}

describe('a sign-out whose process is gone', () => {
  it.each(Object.entries(signOuts))(
    '%s: the next one ends it, and nothing is kept',
    async (_name, [crash, hasEnded]) => {
      const person: Person = 'bob'
      const browser = await world.signedIn(person)
      const cookie = browser.cookie(sessionCookie) ?? ''
      const instance = await world.newInstance(await crash())
      expect(await Promise.race([instance.signOut(cookie), wait(700)])).toBe('still running')
      expect((await sessionIn(browser))?.endedAt !== undefined).toBe(hasEnded)
      expect((await (await world.newInstance()).signOut(cookie)).statusCode).toBe(204)
      expect((await (await world.newInstance()).call(cookie)).status).toBe(401)
      // What the first process did not reach is done by the pass, though the person never comes back.
      await (await world.newInstance()).informPending()
      expect(await itemOf(world.access, cookie)).toBeUndefined()
    },
  )
})

describe('a pass whose process is gone', () => {
  it.each([
    ['before the provider is informed', async () => ({ fetch: goneAt('/oauth2/revoke', 'before') })],
    ['after the provider was informed', async () => ({ fetch: goneAt('/oauth2/revoke', 'after') })],
    ['before the session is forgotten', () => goneTable('TransactWriteItems')],
  ] as const)('%s: the next one does it', async (_name, crash) => {
    const browser = await world.signedIn('carol')
    const cookie = browser.cookie(sessionCookie) ?? ''
    const { personId = '' } = (await sessionIn(browser)) ?? {}
    const dead = await world.newInstance(await crash())
    await createSessionStore(world.access, Date.now).endAll(personId, Number.POSITIVE_INFINITY)
    expect(await Promise.race([dead.informPending(), wait(700)])).toBe('still running')
    expect(await (await world.newInstance()).informPending()).toBe(0)
    expect(await itemOf(world.access, cookie)).toBeUndefined()
  })
})
