/** An app of the pool: openid-client with authorization code and PKCE. */
import * as client from 'openid-client'
import type { TestPool } from './start-pool.ts'
import type { View } from './visitor.ts'

/** Redirect URI of the app; no browser opens it. */
export const redirectUri = 'http://localhost:3000/callback'

/** A started authorization request. */
export interface Started {
  readonly url: string
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}

/** The app. */
export interface App {
  readonly config: client.Configuration
  readonly start: (more?: Readonly<Record<string, string>>) => Promise<Started>
  /** Redeems the answer at which a visitor arrived. */
  readonly redeem: (started: Started, view: View) => ReturnType<typeof client.authorizationCodeGrant>
}

/** Creates an app of a pool: one without a secret, unless it has an id and a way to prove itself. */
export async function createApp(
  { issuer }: TestPool,
  clientId = 'localclient0001',
  proof: client.ClientAuth = client.None(),
): Promise<App> {
  const insecure = { execute: [client.allowInsecureRequests] }
  const config = await client.discovery(new URL(issuer), clientId, undefined, proof, insecure)
  return {
    config,
    start: async (more = {}) => {
      const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile notes/read notes/write',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...more,
      })
      return { url: url.href, verifier, state, nonce }
    },
    redeem: ({ verifier, state, nonce }, view) =>
      client.authorizationCodeGrant(config, new URL(view.url), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
      }),
  }
}
