/**
 * The CORS settings: what a web page of another origin may send to the API and read of its responses (Fetch Standard
 * §3.2).
 */

/** Methods, headers and lifetime of a preflight response. Header names are in lower case. Cookies are never allowed. */
export const cors = {
  allowMethods: ['GET', 'POST'],
  allowHeaders: [
    'authorization',
    'content-type',
    'dpop',
    'x-api-key',
    // Apollo Client.
    'apollo-require-preflight',
    'x-apollo-operation-name',
    'apollographql-client-name',
    'apollographql-client-version',
    // Amplify, and requests that are signed with SigV4.
    'x-amz-user-agent',
    'x-amz-date',
    'x-amz-security-token',
    'x-amz-content-sha256',
    // OpenTelemetry: W3C Trace Context and Baggage.
    'traceparent',
    'tracestate',
    'baggage',
  ],
  exposeHeaders: [
    'www-authenticate',
    // The same header, where API Gateway renames it.
    'x-amzn-remapped-www-authenticate',
    'dpop-nonce',
    'retry-after',
    'ratelimit',
    'ratelimit-policy',
    'location',
    'x-request-id',
  ],
  maxAgeSeconds: 3600,
} as const

/** Origins of a web app on a developer's machine. A personal stage allows exactly these beside its own. */
export const developmentOrigins: readonly string[] = [3000, 4173, 5173, 8080].map((port) => `http://localhost:${port}`)

/** Whether `origin` is `http://localhost` or `http://127.0.0.1`, on any port. `null` and https origins are not. */
export function isLoopbackOrigin(origin: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/.test(origin)
}
