/** For tests of browser sessions: the deployed issuer at its own host, and Google with the keys of a project. */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { issuer as build } from '../src/deployed.ts'
import { always, type Responder, serveFarSide } from '../src/lambda/far-side.ts'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { issuerKms, issuerSettings, issuerSignIn, ownIssuer } from './issuer-links.ts'
import { openFunction } from './open-function.ts'
import { event, responseOf } from './world.ts'

/** The project whose people sign in. */
export const firebaseProject = 'fieldnotes-1234'

/** Google: the keys of the project, and ID tokens that they sign. */
export async function createGoogle() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const kid = { kid: 'google', alg: 'RS256' }
  const issued: string[] = []
  return {
    host: 'www.googleapis.com',
    answer: always({ keys: [{ ...(await exportJWK(publicKey)), ...kid, use: 'sig' }] }),
    /** ID tokens that were issued. */
    issued,
    /** A new ID token of a sign-in that was made now, unless `claims` say when. */
    async idToken(claims: JWTPayload = {}): Promise<string> {
      const signIn = { auth_time: Math.floor(Date.now() / 1000), jti: crypto.randomUUID() }
      const token = await new SignJWT({
        name: 'Carol',
        sub: 'subject-of-carol',
        aud: firebaseProject,
        ...signIn,
        ...claims,
      })
        .setProtectedHeader(kid)
        .setIssuer(`https://securetoken.google.com/${firebaseProject}`)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey)
      issued.push(token)
      return token
    },
  }
}

/** What the issuer is opened with: a folder, its link, and the services that it calls beside KMS. */
interface IssuerOpening {
  readonly work: string
  readonly Notes: Readonly<Record<string, unknown>>
  readonly services: Readonly<Record<string, Responder>>
}

/** Opens the issuer behind a gateway of its own. `requests` gets the path and the status of each. */
export async function openIssuer({ work, Notes, services }: IssuerOpening) {
  const kms = issuerKms()
  const farSide = await serveFarSide({ ...services, 'kms.eu-west-1.amazonaws.com': (...call) => void kms(...call) })
  const links = { Notes, IssuerSettings: issuerSettings(['sessions']), IssuerSignIn: issuerSignIn }
  const instance = await openFunction(build, { work, farSide, links, timeoutSeconds: 15 })
  const requests: (readonly [path: string, status: number])[] = []
  const answer = gatewayOf(instance, (path, status) => requests.push([path, status]))
  let isDown = false
  return {
    host: new URL(ownIssuer).host,
    answer: ((request, response) =>
      void (isDown ? response.writeHead(503).end() : answer(request, response))) satisfies Responder,
    /** Whether its gateway answers 503. */
    setDown(down: boolean) {
      isDown = down
    },
    requests,
    log: () => instance.log,
    close() {
      instance.close()
      farSide.close()
    },
  }
}

/** API Gateway in front of an instance: a form is base64 there. */
function gatewayOf(instance: Sandbox, note: (path: string, status: number) => void): Responder {
  return async (request, response) => {
    const path = String(request.url)
    const body = Buffer.concat(await Array.fromAsync(request)).toString('base64')
    const plain = event(path, { method: String(request.method), body })
    const sent = { ...plain, headers: { ...plain.headers, ...request.headers }, isBase64Encoded: body !== '' }
    const { statusCode, headers, body: answered } = responseOf(await instance.invoke(sent))
    note(path, statusCode)
    response.writeHead(statusCode, headers).end(answered)
  }
}
