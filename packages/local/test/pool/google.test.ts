/** A sign-in through the second provider. */
import { decodeJwt } from 'jose'
import { describe, expect, it, vi } from 'vitest'
import { cognitoSubject } from '../../src/issuers/token-claims.ts'
import { arrived, open, signIn } from './kit/hosted.ts'
import { createVisitor } from './kit/visitor.ts'

describe('Continue with Google', () => {
  async function chosen(email?: string) {
    const opened = await open()
    const { app, visitor } = opened
    const started = await app.start()
    const page = await visitor.follow(await visitor.open(started.url), 'Continue with Google')
    const end = email
      ? await visitor.submit(page, { name: 'Eve', email }, 'Continue')
      : await visitor.submit(page, {}, 'Alice of Google')
    return { ...opened, started, end }
  }

  it('signs in a person of its own, whose group is that of the provider alone', async () => {
    const { pool, app, started, end } = await chosen()
    const tokens = await app.redeem(started, end)
    const claims = decodeJwt(tokens.access_token)
    expect(claims).toMatchObject({
      username: expect.stringMatching(/^google_\d{21}$/),
      'cognito:groups': ['eu-west-1_Local0001_Google'],
      email: 'alice@gmail.example',
      email_verified: true,
    })
    expect(claims.sub).not.toBe(cognitoSubject('alice'))
    expect(tokens.claims()?.identities).toMatchObject([{ providerName: 'Google', primary: 'true' }])
    const caller = await pool.identity.authenticate({ authorization: [`Bearer ${tokens.access_token}`] })
    expect(caller).toMatchObject({ kind: 'user', groups: new Set(['cognito:eu-west-1_Local0001_Google']) })
  })

  it('is another person than the one of the pool with the same address, in both directions', async () => {
    const { pool, app, started, end } = await chosen('alice@cognito.example')
    const { sub } = decodeJwt((await app.redeem(started, end)).access_token)
    expect(sub).not.toBe(cognitoSubject('alice'))
    const visitor = createVisitor(pool.url)
    const own = await signIn({ app, visitor }, 'alice@cognito.example', 'fieldnotes-alice')
    expect(decodeJwt((await app.redeem(own.started, own.view)).access_token).sub).toBe(cognitoSubject('alice'))
  })

  it('is the same person the next time', async () => {
    const { pool, app, started, end } = await chosen()
    const { sub } = decodeJwt((await app.redeem(started, end)).access_token)
    const visitor = createVisitor(pool.url)
    const again = await app.start({ identity_provider: 'Google' })
    const view = await visitor.submit(await visitor.open(again.url), {}, 'Alice of Google')
    expect(decodeJwt((await app.redeem(again, view)).access_token).sub).toBe(sub)
  })

  it('with another account right after the first one signs in another person', async () => {
    const { app, visitor, started, end } = await chosen()
    const { sub } = decodeJwt((await app.redeem(started, end)).access_token)
    const again = await app.start({ identity_provider: 'Google', prompt: 'login' })
    const view = await visitor.submit(await visitor.open(again.url), {}, 'Bob of Google')
    const claims = decodeJwt((await app.redeem(again, view)).access_token)
    expect([claims.email, claims.sub === sub]).toEqual(['bob@gmail.example', false])
  })

  it('does not take a name or an address that is a script', async () => {
    const { end } = await chosen('<script>@x')
    expect([end.status, end.html.includes('<script')]).toEqual([400, false])
  })

  it('does not sign in the browser of another person, nor with a changed or a used answer', async () => {
    const { pool, app, visitor } = await open()
    const page = await visitor.follow(await visitor.open((await app.start()).url), 'Continue with Google')
    // The attacker stops at the answer of the provider: the address is read without following it.
    const stop = vi.spyOn(globalThis, 'fetch')
    const end = await visitor.submit(page, {}, 'Alice of Google')
    const answer = String(
      stop.mock.calls.map(([url]) => String(url)).find((url) => url.includes('/oauth2/idpresponse')),
    )
    stop.mockRestore()
    expect(arrived(end)).toBe(true)
    const victim = createVisitor(pool.url)
    await victim.open((await app.start()).url)
    expect((await victim.open(answer)).status).toBe(400)
    expect((await visitor.open(answer)).status).toBe(400)
    expect((await visitor.open(answer.replace(/state=[^&]+/, 'state=x'))).status).toBe(400)
  })
})
