/** The user pool as a client of the second provider, which may not answer at first. */
import { describe, expect, it } from 'vitest'
import { listen } from '../../src/listen.ts'
import { createMailbox } from '../../src/mailbox/mailbox.ts'
import { createGoogleSignIn } from '../../src/pool/google-sign-in.ts'
import { openPeople } from '../../src/pool/people/people.ts'
import { createSignUp } from '../../src/pool/people/sign-up.ts'

describe('a sign-in at the second provider', () => {
  it('begins once the provider answers, also after it has not', async () => {
    const { url, serve, stop } = await listen(0)
    let isUp = false
    serve(async (_request, response) => {
      const metadata = { issuer: url, authorization_endpoint: `${url}/auth`, response_types_supported: ['code'] }
      response.writeHead(isUp ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify(metadata))
    })
    const people = await openPeople(undefined, async () => [])
    const own = { id: 'user-pool', secret: 's', redirectUri: `${url}/back` }
    const { begin } = createGoogleSignIn(
      url,
      own,
      createSignUp(
        people,
        createMailbox(() => {}),
      ),
    )
    await expect(begin('one')).rejects.toThrow()
    isUp = true
    expect(await begin('two')).toMatch(`${url}/auth?`)
    await stop()
  })
})
