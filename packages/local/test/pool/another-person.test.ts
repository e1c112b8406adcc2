/** A browser with a session signs in again, as the same or as another person. */
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { cognitoSubject } from '../../src/issuers/token-claims.ts'
import { signInAs, useOAuth } from './kit/oauth.ts'

const { signedIn } = useOAuth()

describe('a browser in which alice is signed in', () => {
  it.each(['alice', 'bob'])('signs in %s by her own password, whose session goes on', async (username) => {
    const { app, visitor } = await signedIn()
    const started = await app.start({ prompt: 'login' })
    const { access_token } = await app.redeem(started, await signInAs(visitor, started.url, username))
    expect(decodeJwt(access_token).sub).toBe(cognitoSubject(username))
    const next = await app.start({ prompt: 'none' })
    const tokens = await app.redeem(next, await visitor.open(next.url))
    expect(decodeJwt(tokens.access_token).sub).toBe(cognitoSubject(username))
  })
})
