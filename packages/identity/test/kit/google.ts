/** A server for firebase-admin in place of Google: certificates and accounts over TLS, on a socket of this machine. */
import { Agent, createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { AppOptions } from 'firebase-admin/app'
import { generate } from 'selfsigned'
import type { KeyPair } from './keys.ts'

/** A record of the server's accounts, as the Identity Toolkit API writes it. */
export interface GoogleAccount {
  readonly localId: string
  readonly disabled?: boolean
  /** Seconds since the epoch, as text. */
  readonly validSince?: string
}

export interface Google extends AsyncDisposable {
  /** Connects firebase-admin to this server, whatever host it requests. */
  readonly options: AppOptions
  readonly accounts: Map<string, GoogleAccount>
  /** Paths of the requests so far. */
  readonly requests: string[]
  /** Answers every further request with this status; 0 never answers; `undefined` answers normally again. */
  readonly fail: (status: number | undefined) => void
}

const hosts = ['www.googleapis.com', 'identitytoolkit.googleapis.com']

function pem({ privateKey, publicKey }: KeyPair) {
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  }
}

function certify(pair: KeyPair) {
  return generate([{ name: 'commonName', value: 'localhost' }], {
    keyPair: pem(pair),
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) }],
  })
}

export async function createGoogle(tls: KeyPair, signers: readonly KeyPair[]): Promise<Google> {
  const { cert } = await certify(tls)
  const certificates = await Promise.all(signers.map(async (signer) => [signer.kid, (await certify(signer)).cert]))
  const accounts = new Map<string, GoogleAccount>()
  const requests: string[] = []
  let failure: number | undefined

  const answerTo = (path: string, body: string): unknown => {
    if (path.startsWith('/robot/v1/metadata/x509/')) return Object.fromEntries(certificates)
    if (!path.includes('accounts:lookup')) return undefined
    const { localId = [] } = JSON.parse(body) as { localId?: string[] }
    return { users: localId.flatMap((id) => accounts.get(`${path.match(/tenants\/[^/]+/)?.[0] ?? ''}${id}`) ?? []) }
  }

  const server = createServer({ key: pem(tls).privateKey, cert }, async (request, response) => {
    requests.push(String(request.url))
    let body = ''
    for await (const chunk of request) body += chunk
    if (failure === 0) return
    const answer = failure === undefined ? answerTo(String(request.url), body) : { error: { message: 'no' } }
    response.writeHead(failure ?? (answer === undefined ? 404 : 200), {
      'content-type': 'application/json',
      'cache-control': 'public, max-age=3600',
    })
    response.end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo

  return {
    options: {
      httpAgent: agentTo(port, cert),
      credential: { getAccessToken: async () => ({ access_token: 'x', expires_in: 3600 }) },
    },
    accounts,
    requests,
    fail(status) {
      failure = status
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Changes the address only: the certificate is checked as usual. */
function agentTo(port: number, ca: string): Agent {
  const agent = new Agent()
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, done) => {
    const servername = options.servername ?? options.host ?? ''
    return connect({ ...options, host: '127.0.0.1', port, servername, ca }, done)
  }
  return agent
}
