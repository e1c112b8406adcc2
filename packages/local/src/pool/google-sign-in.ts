/** The user pool as a client of the second provider: authorization code with PKCE, state and nonce. */

import { loadOnce } from '@fieldnotes/core/load-once'
import * as client from 'openid-client'
import type { GoogleClient } from '../google/google.ts'
import type { GoogleSignIn } from './hosted/visit.ts'
import { AccountRefusal } from './people/account-refusal.ts'
import { createExpiringMap } from './people/expiring-map.ts'
import { type Proof, proofOf } from './people/proof.ts'
import type { SignUp } from './people/sign-up.ts'

interface Started {
  readonly uid: string
  readonly verifier: string
  readonly nonce: string
}

/** Sign-ins at the provider with this issuer. */
export function createGoogleSignIn(issuer: string, own: GoogleClient, signUp: SignUp): GoogleSignIn {
  const started = createExpiringMap<Started>({ lifeSeconds: 600 })
  const insecure = { execute: [client.allowInsecureRequests] }
  const discover = loadOnce(() => client.discovery(new URL(issuer), own.id, own.secret, undefined, insecure))

  async function begin(uid: string): Promise<string> {
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
    const address = client.buildAuthorizationUrl(await discover(), {
      redirect_uri: own.redirectUri,
      scope: 'openid email profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      prompt: 'login',
    })
    started.set(state, { uid, verifier, nonce })
    return address.href
  }

  async function claimsOf(answer: URLSearchParams, { verifier, nonce }: Started) {
    const address = new URL(own.redirectUri)
    address.search = answer.toString()
    const tokens = await client.authorizationCodeGrant(await discover(), address, {
      pkceCodeVerifier: verifier,
      expectedState: answer.get('state') ?? '',
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    return tokens.claims()
  }

  async function finish(uid: string, answer: URLSearchParams): Promise<Proof> {
    const state = answer.get('state') ?? ''
    const own = started.get(state)
    started.delete(state)
    const claims = own?.uid === uid ? await claimsOf(answer, own).catch(() => undefined) : undefined
    if (!claims) throw new AccountRefusal('CREDENTIALS_WRONG')
    const { sub: subject, email, email_verified, name } = claims
    const person = signUp.federate(
      { provider: 'Google', subject },
      {
        email: typeof email === 'string' ? email : undefined,
        emailVerified: email_verified === true,
        name: typeof name === 'string' ? name : undefined,
      },
    )
    return proofOf(person)
  }

  return { begin, finish, ownerOf: (state) => started.get(state ?? '')?.uid }
}
