/**
 * A process that is killed at every step of a sign-in, of a person's first request, of a refresh and of a sign-out.
 * What a process has sent is all that is left of it: each request that changes something is a step, and the steps are
 * those that a process without an accident has sent.
 */
import { createSessionStore } from '@fieldnotes/table/session-store'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sessionCookie } from './instance.ts'
import { type InstanceProcess, startInstance } from './instance-processes.ts'
import type { Step } from './instance-steps.ts'
import { ownerlessSessions } from './stored-sessions.ts'
import { dueIn, itemOf, type Person, sessionOf, startWorld, untilCallback, type World } from './world.ts'

let world: World
/** The next process, which starts while the one before it is used. */
let spare: Promise<InstanceProcess>
beforeAll(async () => {
  world = await startWorld()
  spare = startInstance(world.settings)
})
afterAll(async () => {
  await (await spare).stop()
  await world.stop()
})

async function newProcess(): Promise<InstanceProcess> {
  const process = await spare
  spare = startInstance(world.settings)
  onTestFinished(process.stop)
  return process
}

/** What a process does: an act of a person, prepared before it. */
type Prepared = readonly [subject: string, act: (process: InstanceProcess) => Promise<unknown>]

const changesNothing = /^(?:Get|BatchGet|Query|\/\.well-known)/

/** The steps of an act: before its first change, and after each. */
async function stepsOf([, act]: Prepared): Promise<readonly Step[]> {
  const process = await newProcess()
  await process.requests()
  await act(process)
  const names = (await process.requests()).filter((name) => !changesNothing.test(name))
  const after = names.map((name, at) => {
    const nth = names.slice(0, at + 1).filter((each) => each === name).length
    return { when: 'after', name, nth } as const
  })
  return [{ when: 'before', name: names[0] ?? '', nth: 1 }, ...after]
}

/** Kills a process at each step of an act, and checks what is left for its subject. Returns the names of the steps. */
async function killAtEach(
  prepare: () => Promise<Prepared>,
  check: (subject: string, step: string) => Promise<void>,
): Promise<readonly string[]> {
  const steps = await stepsOf(await prepare())
  for (const step of steps) {
    const [subject, act] = await prepare()
    const process = await newProcess()
    await process.endAt(step)
    void act(process)
    const words = Object.values(step).join(' ')
    expect(await process.ended, words).toBe('SIGKILL')
    await check(subject, words)
    expect(await ownerlessSessions(world.settings.config.access), words).toEqual([])
  }
  return steps.map(({ name }) => name)
}

async function personIdOf(cookie: string): Promise<string | undefined> {
  const item = await itemOf(world.access, cookie)
  return item && String(item.personId)
}

function cookieOf(browser: { readonly cookie: (name: string) => string | undefined }): string {
  return browser.cookie(sessionCookie) ?? ''
}

async function newCookie(person: Person = 'alice'): Promise<string> {
  return cookieOf(await world.signedIn(person))
}

/** Records the last two segments of the paths that are requested. */
function recordingFetch(sent: string[]): typeof fetch {
  return (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : String(input))
    sent.push(`/${pathname.split('/').slice(-2).join('/')}`)
    return fetch(input, init)
  }
}

/** Ends every session that the person's list shows. */
async function endAll(personId: string): Promise<void> {
  const sessions = createSessionStore(world.access, Date.now)
  for (const { id } of await sessions.list(personId)) await sessions.end(personId, id)
}

/** Status of a request in an instance that nothing has happened to. */
async function statusOf(cookie: string, ahead = 0): Promise<number> {
  return (await (await world.newInstance({ ahead })).call(cookie)).status
}

describe('a process that is killed', { timeout: 120_000 }, () => {
  it('at a step of a sign-in leaves the person able to sign in again, and to end every session', async () => {
    const prepare = async (): Promise<Prepared> => {
      const { browser, callback } = await untilCallback(await world.signedIn(), '/session/login?prompt=login')
      const names = browser.cookies().split(' ')
      const cookies = names
        .filter((name) => name.startsWith('__Host-'))
        .map((name) => `${name}=${browser.cookie(name)}`)
      return [cookieOf(browser), (process) => process.open(callback, ...cookies)]
    }
    const steps = await killAtEach(prepare, async (replaced, step) => {
      const personId = await personIdOf(replaced)
      const again = await world.signedIn()
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
      expect((await world.notes.query(profiles)).items).toHaveLength(when === 'before' ? 0 : 1)
      expect(await statusOf(cookie)).toBe(200)
      expect((await world.notes.query(profiles)).items).toMatchObject([{ id: personId, revision: 1 }])
    },
  )

  it('at a step of a refresh loses no session: the next one refreshes, when the lock has passed', async () => {
    const prepare = async (): Promise<Prepared> => {
      const cookie = await newCookie()
      await dueIn(world.access, cookie, -1)
      return [cookie, (process) => process.call(cookie)]
    }
    const steps = await killAtEach(prepare, async (cookie, step) => {
      expect(await statusOf(cookie, 6), step).toBe(200)
      const item = await itemOf(world.access, cookie)
      expect(item, step).toMatchObject({ version: 2 })
      expect(item, step).not.toHaveProperty('lockUntil')
    })
    expect(steps).toEqual(expect.arrayContaining(['UpdateItem', '/oauth2/token', 'TransactWriteItems']))
  })

  it('at a step of a sign-out leaves the rest to the pass, after which nothing of the session is left', async () => {
    const prepare = async (): Promise<Prepared> => {
      const cookie = await newCookie('bob')
      return [cookie, (process) => process.signOut(cookie)]
    }
    const informed: boolean[] = []
    const steps = await killAtEach(prepare, async (cookie, step) => {
      const sent: string[] = []
      const other = await world.newInstance({ fetch: recordingFetch(sent) })
      expect((await other.signOut(cookie)).statusCode, step).toBe(204)
      expect(await statusOf(cookie), step).toBe(401)
      // What the killed process did not reach is done by the pass, though the person never comes back.
      await other.informPending()
      expect(await itemOf(world.access, cookie), step).toBeUndefined()
      informed.push(sent.includes('/oauth2/revoke'))
    })
    // Whatever the killed process did first: where it had not revoked the refresh token yet, another one does.
    const before = informed.slice(0, steps.indexOf('/oauth2/revoke'))
    expect(before.length).toBeGreaterThan(1)
    expect(before).toEqual(before.map(() => true))
    expect(steps).toEqual(expect.arrayContaining(['TransactWriteItems', '/oauth2/revoke']))
  })
})
