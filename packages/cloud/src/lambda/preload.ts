/**
 * Preloaded before the runtime client: redirects every TLS connection to the test's server, and installs the transport.
 */
import { registerHooks } from 'node:module'
import tls from 'node:tls'

const isNative = process.env.AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1 !== 'true'

registerHooks({
  resolve(specifier, context, next) {
    if (isNative || specifier !== './rapid-client.node') return next(specifier, context)
    return { url: new URL('transport.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
  },
})

const { connect } = tls
const port = Number(process.env.FAR_SIDE_PORT)

// The function still connects to AWS host names and verifies certificates; only the address of the socket changes.
tls.connect = ((options: tls.ConnectionOptions, ...rest: never[]) => {
  const servername = options.servername || String(options.host)
  return connect({ ...options, host: '127.0.0.1', port, servername }, ...rest)
}) as typeof tls.connect
