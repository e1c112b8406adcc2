/** The deployed functions of browser sessions in AWS's runtime client: a person signs in, writes, and signs out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookiesOf, own, pageOf, secondsAgo, send } from './session-requests.ts'
import { createSessionWorld, links, origin } from './session-world.ts'

let world: Awaited<ReturnType<typeof createSessionWorld>>
const { ask, signInWithFirebase, firebaseSession, requestsToOwnIssuer, makeDue } = pageOf(() => world)

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'none'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'none'
  world = await createSessionWorld()
})

afterAll(() => world.stop())

async function signIn(): Promise<readonly string[]> {
  const started = await send(world.session, 'GET', '/session/login')
  const query = world.pool.signIn(String(started.headers.location))
  const finished = await send(world.session, 'GET', '/session/callback', { query, cookies: cookiesOf(started) })
  expect([finished.statusCode, finished.headers.location]).toEqual([303, '/'])
  return cookiesOf(finished)
}

const write = 'mutation { createNote(input: { title: "First" }) { note { title } } }'

describe('the deployed functions of browser sessions', () => {
  it('start a sign-in at the pages of the pool, and know the origin by their configuration', async () => {
    const { statusCode, headers } = await send(world.session, 'GET', '/session/login')
    const { origin: pages, pathname, searchParams } = new URL(String(headers.location))
    expect([statusCode, pages, pathname]).toEqual([303, links.SessionProvider.signIn, '/oauth2/authorize'])
    expect(Object.fromEntries(searchParams)).toMatchObject({
      redirect_uri: `${origin}/session/callback`,
      client_id: 'sessions',
      code_challenge_method: 'S256',
    })
  })

  it('begin no session while KMS is down: 503, and the tokens that belong to none are revoked at the pool', async () => {
    const started = await send(world.session, 'GET', '/session/login')
    const query = world.pool.signIn(String(started.headers.location))
    const { answer } = world.kms
    world.kms.answer = (_, response) => void response.writeHead(400).end('{"__type":"DisabledException"}')
    const finished = await send(world.session, 'GET', '/session/callback', { query, cookies: cookiesOf(started) })
    world.kms.answer = answer
    expect([finished.statusCode, cookiesOf(finished)]).toEqual([503, []])
    expect(world.pool.revoked).toEqual(world.pool.issued)
  })

  it('sign a person in with a data key of KMS, and answer the first note without KMS', async () => {
    const cookies = await signIn()
    const sealed = world.kms.calls
    expect(sealed).toBeGreaterThan(0)
    const written = await ask(write, cookies)
    expect([written.statusCode, JSON.parse(written.body)]).toEqual([
      200,
      { data: { createNote: { note: { title: 'First' } } } },
    ])
    expect(world.kms.calls).toBe(sealed)
    expect(JSON.parse((await send(world.session, 'GET', '/session', { cookies })).body)).toMatchObject({
      signedIn: true,
      name: 'Alice',
    })
  })

  it('refuse the same request of another page, without a cookie, and with a second credential', async () => {
    const cookies = await signIn()
    const statuses = await Promise.all([
      ask(write, cookies, { ...own, origin: 'https://evil.example' }),
      ask(write, []),
      ask(write, cookies, { ...own, authorization: 'Bearer x' }),
      ask('{ __typename }', cookies),
    ])
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([403, 401, 400, 200])
  })

  it('refresh by one call of the other function, however many requests want it: once at the pool', async () => {
    world.pool.issueFor(4)
    const cookies = await signIn()
    world.pool.issueFor(900)
    const before = world.pool.grants.length
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('{ me { name } }', cookies)))
    for (const { statusCode, body } of answers)
      expect([statusCode, JSON.parse(body)]).toEqual([200, { data: { me: { name: 'Alice' } } }])
    expect(world.pool.grants.slice(before)).toEqual(['refresh_token'])
  })

  it('sign out: the cookie is refused at once, the refresh token is revoked at the pool', async () => {
    const cookies = await signIn()
    const { statusCode, headers } = await send(world.session, 'POST', '/session/logout', { cookies, headers: own })
    expect([statusCode, headers.location]).toEqual([
      204,
      `${links.SessionProvider.signIn}/logout?client_id=sessions&logout_uri=${encodeURIComponent(`${origin}/`)}`,
    ])
    expect((await ask('{ me { name } }', cookies)).statusCode).toBe(401)
    expect(world.pool.revoked.length).toBeGreaterThan(0)
  })

  it('inform the pool later of what it did not take: the pass fails while something is left, and then it is done', async () => {
    const cookies = await signIn()
    const before = world.pool.revoked.length
    world.pool.setDown(true)
    const out = await send(world.session, 'POST', '/session/logout', { cookies, headers: own })
    expect([out.statusCode, (await ask('{ me { name } }', cookies)).statusCode]).toEqual([204, 401])
    const failed = await world.inform.invoke({})
    expect(failed).toMatchObject({ errorMessage: expect.stringMatching(/^\d+ providers or issuers are not informed/) })
    world.pool.setDown(false)
    expect(await world.inform.invoke({})).toEqual({ payload: 'null' })
    expect(world.pool.revoked.length).toBe(before + 1)
    expect(await world.inform.invoke({})).toEqual({ payload: 'null' })
    expect(world.pool.revoked.length).toBe(before + 1)
  })

  it('end the sign-ins of a person at the pool who has signed out everywhere, by the name that the pool has', async () => {
    const cookies = await signIn()
    const answer = await ask('mutation { signOut(input: { everywhere: true }) { __typename } }', cookies)
    expect(JSON.parse(answer.body)).toEqual({ data: { signOut: { __typename: 'SignOutPayload' } } })
    expect((await ask('{ me { name } }', cookies)).statusCode).toBe(401)
    expect(world.pool.signedOut).toEqual([])
    expect(await world.inform.invoke({})).toEqual({ payload: 'null' })
    expect(world.pool.signedOut).toEqual([[links.Notes.userPoolId, 'google_1234']])
  })

  it('sign a person of Firebase in at our own issuer, who writes a first note', async () => {
    let cookies: readonly string[] = []
    const requests = await requestsToOwnIssuer(async () => {
      cookies = await firebaseSession('carol')
    })
    expect(requests).toEqual([['/oauth/token', 200]])
    expect(JSON.parse((await ask(write, cookies)).body)).toEqual({ data: { createNote: { note: { title: 'First' } } } })
    expect(JSON.parse((await send(world.session, 'GET', '/session', { cookies })).body)).toMatchObject({
      signedIn: true,
      name: 'Carol',
    })
  })

  it.each([
    ['a second time', 401, {}, own, 1],
    ['of a sign-in of 6 minutes ago', 401, { auth_time: secondsAgo(360) }, own, 0],
    ['of another project', 401, { aud: 'another-project' }, own, 0],
    ['of an anonymous account', 401, { firebase: { sign_in_provider: 'anonymous' } }, own, 0],
    ['from a page of another origin', 403, {}, { ...own, origin: 'https://evil.example' }, 0],
  ])('refuse an ID token %s, and take a new one of the same person', async (what, status, claims, headers, before) => {
    const sub = what.replaceAll(' ', '-')
    const idToken = await world.google.idToken({ sub, ...claims })
    for (let at = 0; at < before; at += 1) expect((await signInWithFirebase(idToken)).statusCode).toBe(204)
    const refused = await signInWithFirebase(idToken, headers)
    expect([refused.statusCode, cookiesOf(refused)]).toEqual([status, []])
    expect(await firebaseSession(sub)).toHaveLength(1)
  })

  it('answer 503 while our own issuer is out of reach, and end no session', async () => {
    const cookies = await firebaseSession('frank')
    const idToken = await world.google.idToken({ sub: 'gina' })
    await makeDue(cookies)
    world.own.setDown(true)
    const both = async () => [await signInWithFirebase(idToken), await ask('{ me { name } }', cookies)]
    const down = await both()
    world.own.setDown(false)
    expect(down.map(({ statusCode }) => statusCode)).toEqual([503, 503])
    const up = await both()
    expect(up.map(({ statusCode }) => statusCode)).toEqual([204, 200])
  })

  it('refresh that session at our own issuer, and revoke it there when the person signs out', async () => {
    const cookies = await firebaseSession('dora')
    await makeDue(cookies)
    const refreshed = await requestsToOwnIssuer(async () =>
      expect((await ask('{ me { name } }', cookies)).statusCode).toBe(200),
    )
    expect(refreshed).toEqual([['/oauth/token', 200]])
    const out = () => send(world.session, 'POST', '/session/logout', { cookies, headers: own })
    expect(await requestsToOwnIssuer(async () => expect((await out()).statusCode).toBe(204))).toEqual([
      ['/oauth/revoke', 200],
    ])
    expect((await ask('{ me { name } }', cookies)).statusCode).toBe(401)
  })

  it('end the sessions of a person of Firebase who has signed out everywhere: the pass revokes at our own issuer', async () => {
    const cookies = await firebaseSession('erin')
    const answer = await ask('mutation { signOut(input: { everywhere: true }) { __typename } }', cookies)
    expect(JSON.parse(answer.body)).toEqual({ data: { signOut: { __typename: 'SignOutPayload' } } })
    expect((await ask('{ me { name } }', cookies)).statusCode).toBe(401)
    const revoked = await requestsToOwnIssuer(async () =>
      expect(await world.inform.invoke({})).toEqual({ payload: 'null' }),
    )
    expect(revoked).toEqual([['/oauth/revoke', 200]])
  })

  it('write no token, code, cookie or secret into a log', async () => {
    const log = `${world.session.log}${world.entry.log}${world.inform.log}${world.own.log()}`
    expect(log).toContain('"event":"operation"')
    const ofClients = [links.SessionProvider.clientSecret, links.SessionIssuer.clientSecret]
    const secrets = [...world.pool.issued, ...world.google.issued, ...ofClients]
    expect(secrets.length).toBeGreaterThan(3)
    for (const secret of secrets) expect(log).not.toContain(secret)
    expect(log).not.toMatch(/eyJ|__Host-|code=/)
  })
})
