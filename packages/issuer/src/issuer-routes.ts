/**
 * The routes of the issuer, which has a host of its own where it is deployed. On the laptop they are at the one origin,
 * beside the table of routes.
 */
import type { RouteRow } from '@fieldnotes/core/routes'
import { issuerPaths } from './metadata.ts'

/** No gateway can judge a client's credentials: the function does. Pages of other origins may read every answer. */
const row = { function: 'issuer', authorizer: 'none', cookies: false, cors: true, throttle: 1 } as const

/** Paths of the metadata: by RFC 8414 §3.1, and by OpenID Connect Discovery 1.0 §4. */
export const metadataPaths: readonly string[] = [
  `/.well-known/oauth-authorization-server${issuerPaths.issuer}`,
  `${issuerPaths.issuer}/.well-known/openid-configuration`,
]

/** Path of the key set. */
export const jwksPath = issuerPaths.issuer + issuerPaths.jwks

/** Paths of public documents, whose HEAD is answered as their GET (RFC 9110 §9.3.2). */
export const documentPaths: readonly string[] = [...metadataPaths, jwksPath]

/** Path of the token endpoint. */
export const tokenPath = issuerPaths.issuer + issuerPaths.token

/** Path of the revocation endpoint (RFC 7009). */
export const revocationPath = issuerPaths.issuer + issuerPaths.revocation

/** Path of the introspection endpoint (RFC 7662). */
export const introspectionPath = issuerPaths.issuer + issuerPaths.introspection

/** Path of the userinfo endpoint (OpenID Connect Core 1.0 §5.3). */
export const userInfoPath = issuerPaths.issuer + issuerPaths.userInfo

/** Servers call these: no page of another origin reads their answers. */
const servers = { ...row, cors: false } as const

/** Paths of the authorization endpoint and of the pages of a sign-in. Browsers open them, and no page reads them. */
const page = { ...row, cookies: true, cors: false } as const
function at(path: string): string {
  return issuerPaths.issuer + path
}

/** Path to which oidc-provider sends the browser after a sign-in, before the id. */
export const resumePrefix = at(`${issuerPaths.authorization}/`)

/** Paths of the pages that take a form. */
const formPaths = [issuerPaths.firebase, issuerPaths.consent, issuerPaths.apps].map(at)

/** Paths of the sign-in, which need its settings. */
export const signInPaths: readonly string[] = [
  ...[issuerPaths.authorization, issuerPaths.signIn, issuerPaths.firebaseScript, issuerPaths.callback].map(at),
  ...formPaths,
  `${resumePrefix}{uid}`,
]

/** One row for each path. */
export const issuerRoutes: readonly RouteRow[] = [
  ...documentPaths.map((path) => ({ ...row, path, methods: ['GET'] as const })),
  ...[tokenPath, revocationPath].map((path) => ({ ...row, path, methods: ['POST'] as const })),
  { ...servers, path: introspectionPath, methods: ['POST'] },
  { ...servers, path: userInfoPath, methods: ['GET', 'POST'] },
  ...signInPaths.map((path) => ({
    ...{ ...page, path },
    methods: formPaths.includes(path) ? (['GET', 'POST'] as const) : (['GET'] as const),
  })),
]

/** The row of a path; of the last one, any id of an interaction. */
export function rowAt(path: string): RouteRow | undefined {
  const isResume = path.startsWith(resumePrefix) && /^[\w-]{1,64}$/.test(path.slice(resumePrefix.length))
  return issuerRoutes.find((row) => row.path === (isResume ? `${resumePrefix}{uid}` : path))
}
