/** Verifiers of the same Firebase token by name. Each returns the subject or throws. */
import { createPublicKey, verify } from 'node:crypto'
import type { Known } from '@fieldnotes/core/principal'
import { createIdentity } from '@fieldnotes/identity/identity'
import { JwtVerifier } from 'aws-jwt-verify'
import { createVerifier } from 'fast-jwt'
import { deleteApp, initializeApp } from 'firebase-admin/app'
import { getAuth } from 'firebase-admin/auth'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { createCertificates } from './certificates.ts'
import { issuer, jwk, keysUri, projectId, publicPem } from './tokens.ts'

/** Verifies a token or a header field; rejects when it is invalid. */
export type Verify = (input: string) => Promise<unknown>

/** A verifier with its name. */
export interface Contender {
  readonly name: string
  /** Ours starts from the header field, the libraries from the token. */
  readonly takes: 'authorization' | 'token'
  readonly verify: Verify
}

/** All verifiers, with the server that they need. */
export interface Contenders extends AsyncDisposable {
  readonly all: readonly Contender[]
}

function identityWith(verifiedTokensMax: number): Verify {
  const identity = createIdentity({
    issuers: [
      {
        kind: 'firebase',
        name: 'firebase',
        issuer,
        jwksUri: keysUri,
        projectId,
        tenant: null,
        scopes: {},
        defaultScopes: [],
      },
    ],
    resource: 'https://api.fieldnotes.dev/graphql',
    loopbackIssuers: 'refuse',
    environment: {},
    fetch: async () => Response.json({ keys: [jwk] }),
    log: () => undefined,
    bounds: { verifiedTokensMax },
  })
  return async (authorization) => ((await identity.authenticate({ authorization })) as Known).subject
}

/** The floor: verifies the signature only. */
function raw(): Verify {
  const key = createPublicKey(publicPem)
  return async (token) => {
    const end = token.lastIndexOf('.')
    const valid = verify(
      'sha256',
      Buffer.from(token.slice(0, end)),
      key,
      Buffer.from(token.slice(end + 1), 'base64url'),
    )
    if (!valid) throw new Error('the signature does not match')
    return JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, end), 'base64url').toString()).sub
  }
}

function awsJwtVerify(): Verify {
  const verifier = JwtVerifier.create({ issuer, audience: projectId, jwksUri: keysUri })
  verifier.cacheJwks({ keys: [jwk] })
  return async (token) => (await verifier.verify(token)).sub
}

function jose(): Verify {
  const keys = createLocalJWKSet({ keys: [jwk] })
  const options = { algorithms: ['RS256'], issuer, audience: projectId, requiredClaims: ['exp', 'iat', 'sub'] }
  return async (token) => (await jwtVerify(token, keys, options)).payload.sub
}

function fastJwt(cache: number): Verify {
  const verifier = createVerifier({
    key: publicPem,
    algorithms: ['RS256'],
    allowedIss: issuer,
    allowedAud: projectId,
    cache,
  })
  return async (token) => (verifier(token) as { sub: string }).sub
}

/** Creates all contenders; firebase-admin gets its own certificate server. */
export async function createContenders(): Promise<Contenders> {
  const certificates = await createCertificates()
  const app = initializeApp({ projectId, httpAgent: certificates.agent })
  const auth = getAuth(app)
  return {
    all: [
      { name: 'crypto.verify alone', takes: 'token', verify: raw() },
      { name: 'identity, first time', takes: 'authorization', verify: identityWith(1) },
      { name: 'identity, again', takes: 'authorization', verify: identityWith(10_000) },
      { name: 'aws-jwt-verify', takes: 'token', verify: awsJwtVerify() },
      { name: 'jose', takes: 'token', verify: jose() },
      { name: 'fast-jwt', takes: 'token', verify: fastJwt(0) },
      { name: 'fast-jwt, its cache', takes: 'token', verify: fastJwt(10_000) },
      { name: 'firebase-admin', takes: 'token', verify: async (token) => (await auth.verifyIdToken(token)).sub },
    ],
    async [Symbol.asyncDispose]() {
      await deleteApp(app)
      await certificates.close()
    },
  }
}
