/** A person signs out by an app of the product, whose tokens are of our own issuer: what their provider does then. */
import { personId } from '@fieldnotes/identity/person-id'
import { cognitoSubject } from '@fieldnotes/local/token-claims'
import { personSourceKey } from '@fieldnotes/table/access-keys'
import { describe, expect, it } from 'vitest'
import { commandLine, loginOf, parametersOf, request } from '../support/command-line.ts'
import { refreshStatus, tokensOf } from '../support/firebase-api.ts'
import { ask } from '../support/graphql-client.ts'
import { atFirebase, sendIdToken } from '../support/issuer-pages.ts'
import { withinTenSeconds } from '../support/next-second.ts'
import { ephemeralIssuer } from '../support/own-issuer.ts'
import { refreshAtPool, signIn } from '../support/signed-walk.ts'

const { cloud, issuer } = ephemeralIssuer()
const terminal = commandLine(issuer)

async function signOut(token: string, everywhere: boolean): Promise<void> {
  const query = `mutation { signOut(input: { everywhere: ${everywhere} }) { everywhere } }`
  expect((await ask(cloud.url, { token, query })).data.signOut).toEqual({ everywhere })
}

/** The answer of the user pool to the refresh token of a mobile app. */
async function atPool(refreshToken: string): Promise<readonly unknown[]> {
  const { status, body } = await refreshAtPool(cloud.url, refreshToken)
  return [status, body.error]
}

/** The token of the command line, of a person who signs in at Firebase. */
async function terminalByFirebase(idToken: string): Promise<string> {
  const { url, verifier } = request({ provider: 'Firebase' })
  const { browser, page } = await atFirebase(cloud.url, url)
  const answered = await browser.submit(await sendIdToken(browser, page, idToken), { answer: 'agree' })
  return (await terminal.redeem(parametersOf(answered).code ?? '', verifier)).body.access_token
}

/** Makes the laptop forget where alice of the user pool signs in, so that the issuer has to store it. */
async function forgetSource(): Promise<void> {
  const id = personId(`${cloud.url}/cognito/eu-west-1_Local0001`, cognitoSubject('alice'))
  await issuer().table.write({ remove: personSourceKey(id), when: [[['exists', 'pk']]] })
}

describe('signOut with a token of the command line', () => {
  it('everywhere ends the refresh tokens of the user pool also with a token of the token command', async () => {
    const { RefreshToken } = await signIn(cloud.url, 'bob')
    await signOut(await issuer().subject('fieldnotes', { person: 'bob' }), true)
    expect(await atPool(RefreshToken)).toEqual([400, 'invalid_grant'])
  })

  it('everywhere ends the refresh tokens of the user pool in other apps, and no other person’s', async () => {
    await forgetSource()
    const [alice, bob] = [await signIn(cloud.url, 'alice'), await signIn(cloud.url, 'bob')]
    const { access_token, refresh_token } = await terminal.signedIn()
    await signOut(access_token, true)
    // Sent once: the pool refuses a refresh token 10 seconds after its use. It was informed before the answer.
    expect(await atPool(alice.RefreshToken)).toEqual([400, 'invalid_grant'])
    expect((await terminal.refresh(refresh_token)).body.error).toBe('invalid_grant')
    expect((await atPool(bob.RefreshToken))[0]).toBe(200)
  })

  it('of a person of Firebase everywhere ends those of Firebase, and no other person’s', async () => {
    const [carol, bob] = [await tokensOf(cloud.url, 'carol'), await tokensOf(cloud.url, 'bob')]
    const token = await terminalByFirebase((await tokensOf(cloud.url, 'carol')).idToken)
    expect(await refreshStatus(cloud.url, carol.refreshToken)).toBe(200)
    await signOut(token, true)
    await expect.poll(() => refreshStatus(cloud.url, carol.refreshToken), withinTenSeconds).toBe(400)
    expect(await refreshStatus(cloud.url, bob.refreshToken)).toBe(200)
  })

  it('alone ends that sign-in, and none of the user pool', async () => {
    const carol = await signIn(cloud.url, 'carol')
    const { access_token, refresh_token } = await terminal.signedIn({}, loginOf('carol'))
    await signOut(access_token, false)
    await expect
      .poll(async () => (await terminal.refresh(refresh_token)).body.error, withinTenSeconds)
      .toBe('invalid_grant')
    expect((await atPool(carol.RefreshToken))[0]).toBe(200)
  })
})
