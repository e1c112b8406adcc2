/** A process that is killed at every step of a sign-in, of a person's first request, and of a refresh. */
import { createSessionStore } from '@fieldnotes/table/session-store'
import { describe, expect, it } from 'vitest'
import { sessionCookie } from './instance.ts'
import { killing, type Prepared } from './killed-processes.ts'
import { dueIn, itemOf, type Person, sessionOf, signInCookiesIn, untilCallback } from './world.ts'

const { world, newProcess, killAtEach } = killing()

async function personIdOf(cookie: string): Promise<string | undefined> {
  const item = await itemOf(world().access, cookie)
  return item && String(item.personId)
}

function cookieOf(browser: { readonly cookie: (name: string) => string | undefined }): string {
  return browser.cookie(sessionCookie) ?? ''
}

async function newCookie(person: Person = 'alice'): Promise<string> {
  return cookieOf(await world().signedIn(person))
}

/** Ends every session that the person's list shows. */
async function endAll(personId: string): Promise<void> {
  const sessions = createSessionStore(world().access, Date.now)
  for (const { id } of await sessions.list(personId)) await sessions.end(personId, id)
}

/** Status of a request in an instance that nothing has happened to. */
async function statusOf(cookie: string, ahead = 0): Promise<number> {
  return (await (await world().newInstance({ ahead })).call(cookie)).status
}

describe('a process that is killed', { timeout: 120_000 }, () => {
  it('at a step of a sign-in leaves the person able to sign in again, and to end every session', async () => {
    const prepare = async (): Promise<Prepared<string>> => {
      const { browser, callback } = await untilCallback(await world().signedIn(), '/session/login?prompt=login')
      const replaced = cookieOf(browser)
      const cookies = [`${sessionCookie}=${replaced}`, ...signInCookiesIn(browser)]
      return [replaced, (process) => process.open(callback, ...cookies)]
    }
    const steps = await killAtEach(prepare, async (replaced, step) => {
      const personId = await personIdOf(replaced)
      const again = await world().signedIn()
      expect(await sessionOf(again), step).toMatchObject({ signedIn: true })
      expect(await statusOf(cookieOf(again)), step).toBe(200)
      await endAll(String(personId ?? (await personIdOf(cookieOf(again)))))
      for (const cookie of [replaced, cookieOf(again)]) expect(await statusOf(cookie), step).toBe(401)
    })
    expect(steps).toEqual(
      expect.arrayContaining(['DeleteItem', '/oauth2/token', 'TransactWriteItems', '/oauth2/revoke']),
    )
  })

  it.each([
    ['before', 'carol'],
    ['after', 'bob'],
  ] as const)(
    '%s a new person’s profile is stored leaves the profile to the next request, once',
    async (when, person) => {
      const cookie = await newCookie(person)
      const process = await newProcess()
      await process.endAt({ when, name: 'TransactWriteItems', nth: 1 })
      void process.call(cookie)
      expect(await process.ended).toBe('SIGKILL')
      const personId = await personIdOf(cookie)
      const profiles = { pk: `USER#${personId}`, between: [' ', '~'], forward: true, limit: 10 } as const
      expect((await world().notes.query(profiles)).items).toHaveLength(when === 'before' ? 0 : 1)
      expect(await statusOf(cookie)).toBe(200)
      expect((await world().notes.query(profiles)).items).toMatchObject([{ id: personId, revision: 1 }])
    },
  )

  it('at a step of a refresh loses no session: the next one refreshes, when the lock has passed', async () => {
    const prepare = async (): Promise<Prepared<string>> => {
      const cookie = await newCookie()
      await dueIn(world().access, cookie, -1)
      return [cookie, (process) => process.call(cookie)]
    }
    const steps = await killAtEach(prepare, async (cookie, step) => {
      expect(await statusOf(cookie, 6), step).toBe(200)
      const item = await itemOf(world().access, cookie)
      expect(item, step).toMatchObject({ version: 2 })
      expect(item, step).not.toHaveProperty('lockUntil')
    })
    expect(steps).toEqual(expect.arrayContaining(['UpdateItem', '/oauth2/token', 'TransactWriteItems']))
  })
})
