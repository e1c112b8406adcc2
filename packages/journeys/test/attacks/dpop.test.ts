/**
 * Tokens that are bound to a key (DPoP, RFC 9449), over HTTP through the laptop's gateway: each attack beside the
 * request that works. Simultaneous uses at three instances are in `packages/api/test/http/proofs.test.ts`, and the
 * whole table of malformed proofs at both locks in `two-locks.test.ts`.
 */
import { exportJWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { createKeyHolder, type KeyHolder, type ProofChange, type ProofFor } from '../support/key-holder.ts'
import { seconds } from '../support/next-second.ts'
import { accessToken, claimsOf, ephemeralIssuer, exchange, type TokenAnswer } from '../support/own-issuer.ts'
import { type RawRequest, rawRequest } from '../support/raw-request.ts'

const { issuer } = ephemeralIssuer()
const { newCode, redeem, refresh } = commandLine(issuer)
let holder: KeyHolder
let thief: KeyHolder
/** alice's token of the command line, bound to the key of `holder`, and what is refreshed. */
let bound: string
let refreshToken: string
/** alice's bearer token. */
let bearer: string

function tokenEndpoint(): string {
  return `${issuer().issuer}/token`
}

function graphql(): string {
  return issuer().targets.graphql
}

function atTokenEndpoint(by: KeyHolder = holder, change: ProofChange = {}): Promise<string> {
  return by.proof({ htu: tokenEndpoint() }, change)
}

beforeAll(async () => {
  holder = await createKeyHolder()
  thief = await createKeyHolder()
  const { code, verifier } = await newCode()
  const { body } = await redeem(code, verifier, {}, { dpop: await atTokenEndpoint() })
  bound = body.access_token
  refreshToken = body.refresh_token
  bearer = await issuer().subject('cognito')
})

type Sent = RawRequest['headers']

/** Sends an operation, in the query of a GET and in the body of another request. */
async function send(sent: Sent, method = 'POST', query = '{ me { id } }') {
  const common = { connection: 'close', ...sent }
  const { status, headers, bytes } = await (method === 'GET'
    ? rawRequest(`${graphql()}?${new URLSearchParams({ query })}`, { method, headers: common })
    : rawRequest(graphql(), {
        ...{ method, headers: { 'content-type': 'application/json', ...common } },
        body: JSON.stringify({ query }),
      }))
  return { status, challenge: headers['www-authenticate'] ?? '', body: bytes.toString() }
}

/** The headers of a request with the bound token and a new proof. */
async function proven(change: ProofChange = {}, by: KeyHolder = holder, more: Partial<ProofFor> = {}): Promise<Sent> {
  return { authorization: `DPoP ${bound}`, dpop: await by.proof({ htu: graphql(), token: bound, ...more }, change) }
}

const invalidProof = 'DPoP error="invalid_dpop_proof"'
const invalidToken = 'error="invalid_token"'

/** The id of a token's person, as GraphQL has it. */
function idOf(token: string): string {
  return Buffer.from(`User:${claimsOf(token).sub}`).toString('base64url')
}

type Attack = readonly [what: string, error: string, headers: () => Promise<Sent>]

async function claims(change: () => Readonly<Record<string, unknown>>): Promise<Sent> {
  return proven({ claims: change() })
}

const attacks: readonly Attack[] = [
  ['the bound token as a bearer token', invalidToken, async () => ({ authorization: `Bearer ${bound}` })],
  [
    'the bound token as a bearer token, beside its proof',
    invalidToken,
    async () => ({ ...(await proven()), authorization: `Bearer ${bound}` }),
  ],
  [
    'a bearer token with the scheme DPoP',
    invalidToken,
    async () => ({
      authorization: `DPoP ${bearer}`,
      dpop: await holder.proof({ htu: graphql(), token: bearer }),
    }),
  ],
  ['no proof', invalidProof, async () => ({ authorization: `DPoP ${bound}` })],
  [
    'two proofs',
    invalidProof,
    async () => ({ ...(await proven()), dpop: [String((await proven()).dpop), String((await proven()).dpop)] }),
  ],
  [
    'two Authorization headers in one',
    invalidToken,
    async () => ({ ...(await proven()), authorization: `DPoP ${bound}, Bearer ${bearer}` }),
  ],
  ['htm of another method', invalidProof, () => claims(() => ({ htm: 'GET' }))],
  ['htu of another path', invalidProof, () => claims(() => ({ htu: `${issuer().url}/iam/graphql` }))],
  ['htu of another host', invalidProof, () => claims(() => ({ htu: 'https://evil.example/graphql' }))],
  [
    'htu of another host, which the request names too',
    invalidProof,
    async () => ({
      ...(await claims(() => ({ htu: 'http://evil.example/graphql' }))),
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    }),
  ],
  [
    'a proof for the token endpoint',
    invalidProof,
    async () => ({ ...(await proven()), dpop: await atTokenEndpoint() }),
  ],
  ['ath of another token', invalidProof, () => proven({}, holder, { token: bearer })],
  ['no ath', invalidProof, () => claims(() => ({ ath: undefined }))],
  ['no jti', invalidProof, () => claims(() => ({ jti: undefined }))],
  ['a jti of 129 characters', invalidProof, () => claims(() => ({ jti: 'j'.repeat(129) }))],
  ['a jti of 64 KB', invalidProof, () => claims(() => ({ jti: 'j'.repeat(65_536) }))],
  ['iat of an hour ago', invalidProof, () => claims(() => ({ iat: seconds() - 3600 }))],
  ['iat of six minutes ago', invalidProof, () => claims(() => ({ iat: seconds() - 360 }))],
  ['iat of two minutes ahead', invalidProof, () => claims(() => ({ iat: seconds() + 120 }))],
  ['no iat', invalidProof, () => claims(() => ({ iat: undefined }))],
  ['another key than that of the token', invalidProof, () => proven({}, thief)],
  ['the key of the token, signed by another', invalidProof, () => proven({ header: { jwk: holder.jwk } }, thief)],
  ['a private key', invalidProof, async () => proven({ header: { jwk: await exportJWK(holder.privateKey) } })],
  ['a symmetric key', invalidProof, () => proven({ header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } })],
  [
    'no algorithm and no signature',
    invalidProof,
    async () => {
      const [, payload = ''] = String((await proven()).dpop).split('.')
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: holder.jwk }))
      return { ...(await proven()), dpop: `${header.toString('base64url')}.${payload}.` }
    },
  ],
]

describe('a token that is bound to a key', () => {
  it('names its key, and says how it is to be sent', () => {
    expect(claimsOf(bound).cnf).toEqual({ jkt: holder.thumbprint })
  })

  it.each(attacks)('is refused with %s, and accepted with a proof of its own', async (_what, error, headers) => {
    const refused = await send(await headers())
    expect([refused.status, refused.challenge]).toEqual([401, expect.stringContaining(error)])
    expect(refused.challenge).toContain('algs="ES256"')
    expect(refused.body).not.toContain(bound)
    expect(JSON.parse((await send(await proven())).body).data).toEqual({ me: { id: idOf(bound) } })
  })

  it('reads by GET with a proof for GET alone', async () => {
    const get = await proven({}, holder, { htm: 'GET' })
    expect((await send(get, 'GET')).status).toBe(200)
    expect((await send(await proven(), 'GET')).status).toBe(401)
  })

  it('writes, as its scopes allow', async () => {
    const { body } = await send(
      await proven(),
      'POST',
      'mutation { createNote(input: { title: "x" }) { note { title } } }',
    )
    expect(JSON.parse(body).data).toEqual({ createNote: { note: { title: 'x' } } })
  })

  it('takes each proof once', async () => {
    const headers = await proven()
    expect([(await send(headers)).status, (await send(headers)).status]).toEqual([200, 401])
    expect((await send(headers)).challenge).toContain(invalidProof)
  })

  it('takes one of eight simultaneous uses of a proof', async () => {
    const headers = await proven()
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(headers)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(401)])
  })

  it('is not exchanged for an export by the endpoint, which has no proof of the key', async () => {
    const query = 'mutation { exportMyData(input: {}) { status } }'
    const { errors } = JSON.parse((await send(await proven(), 'POST', query)).body)
    expect(errors[0].extensions).toMatchObject({ code: 'FORBIDDEN' })
    expect(errors[0].extensions.remedy).toBeUndefined()
  })
})

describe('the exchange of a token', () => {
  async function exchanged(subject_token: string, dpop?: string, client = 'portal', resource?: string) {
    const named = { resource: resource ?? issuer().targets.exporter, scope: 'notes:read' }
    const parameters = { grant_type: exchange, subject_token, subject_token_type: accessToken, ...named }
    return issuer().as(client, parameters, dpop === undefined ? {} : { dpop })
  }
  const outcome = ({ status, body }: TokenAnswer) => [status, body.error ?? body.token_type]

  it('that is bound needs a proof of its key, and the result is bound to it', async () => {
    const answer = await exchanged(bound, await atTokenEndpoint())
    expect(outcome(answer)).toEqual([200, 'DPoP'])
    expect(claimsOf(answer.body.access_token)).toMatchObject({
      sub: claimsOf(bound).sub,
      cnf: { jkt: holder.thumbprint },
      act: { sub: 'portal' },
    })
  })

  it.each<[string, string, () => Promise<string | undefined>]>([
    ['without a proof', 'invalid_request', async () => undefined],
    ['with a proof of another key', 'invalid_request', () => atTokenEndpoint(thief)],
    ['with a proof for the endpoint', 'invalid_dpop_proof', () => holder.proof({ htu: graphql(), token: bound })],
    ['with a stale proof', 'invalid_dpop_proof', () => atTokenEndpoint(holder, { claims: { iat: seconds() - 3600 } })],
  ])('that is bound is refused %s', async (_what, code, dpop) => {
    expect(outcome(await exchanged(bound, await dpop()))).toEqual([400, code])
    expect(outcome(await exchanged(bearer))).toEqual([200, 'Bearer'])
  })

  it('takes each proof once', async () => {
    const dpop = await atTokenEndpoint()
    expect(outcome(await exchanged(bound, dpop))).toEqual([200, 'DPoP'])
    expect(outcome(await exchanged(bound, dpop))).toEqual([400, 'invalid_dpop_proof'])
  })

  it('of a bearer token is bound where a proof was sent, and the endpoint accepts it with a proof alone', async () => {
    const received = (await exchanged(bearer)).body.access_token
    const service = await createKeyHolder()
    const { body } = await exchanged(received, await atTokenEndpoint(service), 'exporter', graphql())
    const token: string = body.access_token
    expect(claimsOf(token)).toMatchObject({ sub: claimsOf(received).sub, cnf: { jkt: service.thumbprint } })
    const query = '{ notes(first: 1) { pageInfo { hasNextPage } } }'
    const dpop = await service.proof({ htu: graphql(), token })
    expect((await send({ authorization: `DPoP ${token}`, dpop }, 'POST', query)).status).toBe(200)
    expect((await send({ authorization: `Bearer ${token}` }, 'POST', query)).status).toBe(401)
  })

  it('that is bound is refused by the exporter, as a bearer token and with a proof', async () => {
    const { access_token: token } = (await exchanged(bound, await atTokenEndpoint())).body
    const url = `${issuer().targets.exporter}/exports`
    const dpop = await holder.proof({ htu: url, token })
    for (const headers of [{ authorization: `Bearer ${token}` }, { authorization: `DPoP ${token}`, dpop }])
      expect((await fetch(url, { method: 'POST', headers })).status).toBe(401)
  })
})

describe('the refresh of a token that is bound', () => {
  it('needs the key: it is refused without, and with another one, and both leave it as it was', async () => {
    const errors = [
      (await refresh(refreshToken)).body.error,
      (await refresh(refreshToken, {}, { dpop: await atTokenEndpoint(thief) })).body.error,
    ]
    expect(errors).toEqual(['invalid_grant', 'invalid_grant'])
    const { status, body } = await refresh(refreshToken, {}, { dpop: await atTokenEndpoint() })
    expect([status, body.token_type, claimsOf(body.access_token).cnf]).toEqual([
      ...[200, 'DPoP', { jkt: holder.thumbprint }],
    ])
  })
})
