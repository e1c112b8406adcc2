/** Refreshing a session's tokens: once, over any number of requests and instances, also after a crash. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { personSessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { lastingEnd } from '@fieldnotes/table/lasting-ends'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Instance, type InstanceOptions, sessionCookie } from './instance.ts'
import { countingFetch, dueIn, itemOf, startWorld, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

async function newCookie(): Promise<string> {
  return (await world.signedIn()).cookie(sessionCookie) ?? ''
}

function instances(count: number, options: InstanceOptions = {}): Promise<Instance[]> {
  return Promise.all(Array.from({ length: count }, () => world.newInstance(options)))
}

/** Statuses of thirty requests at the same time, over these instances. */
async function statusesOf(all: readonly Instance[], cookie: string): Promise<readonly number[]> {
  const calls = Array.from({ length: 30 }, (_, index) => all[index % all.length]?.call(cookie))
  return [...new Set((await Promise.all(calls)).map((call) => call?.status ?? 0))]
}

describe('thirty requests at once over three instances', () => {
  it.each([
    ['an expired token', -1],
    ['a token that is about to expire', 30],
  ])('with %s cause one refresh, and all are answered', async (_name, seconds) => {
    const cookie = await newCookie()
    const { fetch, refreshes } = countingFetch()
    const all = await instances(3, { fetch })
    await dueIn(world.access, cookie, seconds)
    expect(await statusesOf(all, cookie)).toEqual([200])
    expect(refreshes()).toBe(1)
    expect(await itemOf(world.access, cookie)).toMatchObject({ version: 2 })
  })

  it('with a token that is not due cause none', async () => {
    const cookie = await newCookie()
    const { fetch, refreshes } = countingFetch()
    expect(await statusesOf(await instances(3, { fetch }), cookie)).toEqual([200])
    expect(refreshes()).toBe(0)
  })

  it('with a refresh token that the provider has revoked end the session, for good', async () => {
    const cookie = await newCookie()
    const { fetch, refreshes } = countingFetch()
    const refused: typeof globalThis.fetch = async (input, init) => {
      if (!String(init?.body).includes('grant_type=refresh_token')) return fetch(input, init)
      await fetch(input, init)
      return Response.json({ error: 'invalid_grant' }, { status: 400 })
    }
    const all = await instances(3, { fetch: refused })
    await dueIn(world.access, cookie, -1)
    expect(await statusesOf(all, cookie)).toEqual([401])
    expect(refreshes()).toBe(1)
    expect(await (await world.newInstance()).call(cookie)).toMatchObject({ status: 401 })
  })
})

/** A promise that never ends, as that of a process that is gone. `killed.test.ts` ends processes at every step. */
function gone(): Promise<never> {
  return new Promise(() => {})
}

/** An instance that is gone when the provider has answered: the refresh token is used up, and nothing is stored. */
function goneAfterAnswer(): InstanceOptions {
  return {
    fetch: refreshing(async (send) => {
      await send()
      return gone()
    }),
  }
}

/** A fetch whose refreshes are done by `act`. */
function refreshing(act: (send: () => Promise<Response>) => Promise<Response>): typeof fetch {
  return async (input, init) => {
    const send = () => fetch(input, init)
    return String(init?.body).includes('grant_type=refresh_token') ? act(send) : send()
  }
}

describe('a process that is gone', () => {
  it.each([
    ['when the lock has passed', 6],
    ['of requests that wait until then', 0],
  ])('leaves the refresh to another one, once, %s', async (_name, ahead) => {
    const cookie = await newCookie()
    await dueIn(world.access, cookie, -1)
    void (await world.newInstance(goneAfterAnswer())).call(cookie)
    await expect.poll(() => itemOf(world.access, cookie)).toHaveProperty('lockUntil')
    const { fetch, refreshes } = countingFetch()
    expect(await statusesOf(await instances(3, { fetch, ahead }), cookie)).toEqual([200])
    expect(refreshes()).toBe(1)
    expect(await itemOf(world.access, cookie)).not.toHaveProperty('lockUntil')
  })

  it('in a refresh does not keep a token that is still valid from being used', async () => {
    const cookie = await newCookie()
    await dueIn(world.access, cookie, 30)
    void (await world.newInstance({ fetch: refreshing(gone) })).call(cookie)
    await expect.poll(() => itemOf(world.access, cookie)).toHaveProperty('lockUntil')
    expect((await (await world.newInstance()).call(cookie)).status).toBe(200)
  })
})

describe('an outage', () => {
  const outages: Readonly<Record<string, () => InstanceOptions>> = {
    'of the provider': () => ({ fetch: refreshing(() => Promise.reject(new TypeError('fetch failed'))) }),
    'of the provider, which answers 500': () => ({ fetch: refreshing(async () => new Response('', { status: 500 })) }),
    'of the provider, which does not know our secret': () => ({
      fetch: refreshing(async () => Response.json({ error: 'invalid_client' }, { status: 401 })),
    }),
    'of the key service': () => ({ keys: { ...world.keys, decrypt: () => Promise.reject(new Error('no answer')) } }),
  }

  it.each(Object.entries(outages))('%s is 503, and the session lives on', async (_name, outage) => {
    const cookie = await newCookie()
    await dueIn(world.access, cookie, -1)
    expect(await (await world.newInstance(outage())).call(cookie)).toMatchObject({
      status: 503,
      body: expect.stringContaining('UNAVAILABLE'),
    })
    expect((await (await world.newInstance()).call(cookie)).status).toBe(200)
  })

  it.each(Object.entries(outages))('%s is not noticed while the token is valid', async (_name, outage) => {
    const cookie = await newCookie()
    await dueIn(world.access, cookie, 30)
    expect((await (await world.newInstance(outage())).call(cookie)).status).toBe(200)
  })
})

describe('an outage after the provider has answered', () => {
  /** Records the refresh tokens that are sent. */
  function recording(sent: string[], isDown: (url: string) => boolean): typeof fetch {
    return async (input, init) => {
      if (isDown(String(input))) throw new TypeError('fetch failed')
      const token = new URLSearchParams(String(init?.body)).get('refresh_token')
      if (token !== null) sent.push(token)
      return fetch(input, init)
    }
  }

  it('loses no refresh token: the next request uses the one that the pool has left', async () => {
    const [cookie, sent] = [await newCookie(), [] as string[]]
    await dueIn(world.access, cookie, -1)
    const blind = await world.newInstance({ fetch: recording(sent, (url) => url.includes('jwks')) })
    expect((await blind.call(cookie)).status).toBe(503)
    expect((await (await world.newInstance({ fetch: recording(sent, () => false) })).call(cookie)).status).toBe(200)
    expect(sent).toHaveLength(2)
    expect(sent[1]).toBe(sent[0])
  })
})

describe('a session of a revoked sign-in whose browser was idle', () => {
  it.each(['login', 'person', 'app', 'client'] as const)(
    'ends at its next refresh, though the list has forgotten the revocation: %s',
    async (kind) => {
      const [cookie, other] = [await newCookie(), (await world.signedIn('bob')).cookie(sessionCookie) ?? '']
      const { personId, loginId } = (await itemOf(world.access, cookie)) as unknown as {
        personId: string
        loginId: string
      }
      const at = Math.floor(Date.now() / 1000)
      const revocations = {
        login: { kind, loginId },
        person: { kind, personId, at },
        app: { kind, personId, clientId: 'localsession0001', at },
        client: { kind, issuer: 'cognito', clientId: 'localsession0001', at },
      }
      const end = lastingEnd(revocations[kind] as Revocation, at)
      if (end) await world.access.write({ put: end, when: [[['absent', 'pk']]] })
      const instance = await world.newInstance()
      expect((await instance.call(cookie)).status).toBe(200)
      for (const each of [cookie, other]) await dueIn(world.access, each, -1)
      expect((await instance.call(cookie)).status).toBe(401)
      expect((await instance.call(other)).status).toBe(kind === 'client' ? 401 : 200)
      if (end) await world.access.write({ remove: { pk: end.pk, sk: end.sk }, when: [[['exists', 'pk']]] })
    },
  )
})

describe('a session that was changed in the table', () => {
  it("does not open another session's tokens", async () => {
    const [mine, theirs] = [await newCookie(), (await world.signedIn('bob')).cookie(sessionCookie) ?? '']
    const [own, other] = [await itemOf(world.access, mine), await itemOf(world.access, theirs)]
    const moved = { access: other?.access, dataKey: other?.dataKey, box: other?.box }
    await world.access.write({ put: { ...own, ...moved, pk: own?.pk ?? '', sk: own?.sk ?? '' } })
    const instance = await world.newInstance()
    expect((await instance.call(mine)).status).toBe(401)
    await dueIn(world.access, mine, -1)
    expect((await instance.call(mine)).status).toBe(401)
    expect(world.logged()).toContain('session.seal_broken')
    expect((await instance.call(theirs)).status).toBe(200)
  })

  it('ends at its idle end and at its absolute end', async () => {
    const instance = await world.newInstance()
    const past = Math.floor(Date.now() / 1000)
    for (const set of [{ idleEnd: past }, { absoluteEnd: past }]) {
      const cookie = await newCookie()
      expect((await instance.call(cookie)).status).toBe(200)
      const item = await itemOf(world.access, cookie)
      await world.access.write({ update: { pk: item?.pk ?? '', sk: item?.sk ?? '' }, set })
      expect((await instance.call(cookie)).status).toBe(401)
    }
  })

  it('that is signed out during a refresh gets no tokens, and the provider revokes those that it gave', async () => {
    const browser = await world.signedIn('carol')
    const cookie = browser.cookie(sessionCookie) ?? ''
    await dueIn(world.access, cookie, -1)
    const revoked: string[] = []
    const fetch_: typeof fetch = async (input, init) => {
      if (String(input).endsWith('/oauth2/revoke')) revoked.push('revoked')
      if (!String(init?.body).includes('grant_type=refresh_token')) return fetch(input, init)
      const answer = await fetch(input, init)
      const { personId = '' } = (await itemOf(world.access, cookie)) as { personId?: string }
      const [sk, set] = [personSessionKey(personId, digestOf(cookie)), { endedAt: 1 }]
      await world.access.write({ update: sk, set })
      await world.access.write({
        update: { pk: `SESSION#${digestOf(cookie)}`, sk: 'SESSION' },
        set,
        add: { version: 1 },
      })
      return answer
    }
    expect((await (await world.newInstance({ fetch: fetch_ })).call(cookie)).status).toBe(401)
    expect(revoked).toEqual(['revoked'])
  })
})
