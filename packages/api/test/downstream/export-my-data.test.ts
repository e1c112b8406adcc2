/** `exportMyData`: whose token is exchanged for what, and each answer of the issuer and of the exporter. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createExchangeFor } from '../../src/downstream/exchange-for.ts'
import { exportMyData } from '../../src/downstream/export-my-data.ts'
import { globalId } from '../../src/notes/ids.ts'

const id = 'a'.repeat(22)
const exportId = globalId('Export', id)
const expiresAt = '2026-11-28T09:00:00.000Z'
const done = { id, status: 'done', location: 'https://api.example.com/exporter/exports/x', expiresAt }
const pending = { ...done, status: 'pending' }
const exchanged = { access_token: 'smaller', token_type: 'Bearer', expires_in: 300, scope: 'notes:read' }

type Fixed = readonly [status: number, body?: object | undefined, headers?: object]

/** Answers by request; the last one of a list stays. */
let answers: Record<string, Fixed[]>
let seen: { readonly what: string; readonly authorization: string | undefined; readonly body: string }[]
const lines: string[] = []
let server: Server
let origin = ''

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const what = `${request.method} ${request.url}`
  seen.push({ what, authorization: request.headers.authorization, body: await text(request) })
  const list = answers[what] ?? []
  const [status, body, headers = {}] = (list.length > 1 ? list.shift() : list[0]) ?? [404, {}]
  response.writeHead(status, { ...headers }).end(body && JSON.stringify(body))
}

beforeAll(async () => {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  seen = []
  answers = {
    'POST /oauth/token': [[200, exchanged]],
    'POST /exporter/exports': [[202, pending]],
    [`GET /exporter/exports/${id}`]: [[200, done]],
    [`GET /exporter/archives/${id}`]: [[303, undefined, { location: 'https://bucket.example.com/x' }]],
  }
})

const now = Date.now()
const alice = sampleUser({ id: 'alice', authenticatedAt: now / 1000 })

function downstreamNow() {
  const credentials = { clientId: 'fieldnotes-api', clientSecret: 'the secret' } as const
  return { ...credentials, tokenEndpoint: `${origin}/oauth/token`, exporter: `${origin}/exporter` }
}

function call(input: { exportId?: string | null } = {}, principal: Principal = alice, change: object = {}) {
  const downstream = downstreamNow()
  const log = (...line: unknown[]) => void lines.push(JSON.stringify(line))
  const parts = { downstream, log, clock: () => now, ...change }
  return exportMyData(createExchangeFor(parts, { principal, authorization: 'Bearer larger' }), input)
}

/** Exports of one request: each field that is answered takes this many milliseconds of a clock that tests move. */
function fieldsOf(millis: number) {
  let passed = 0
  const downstream = downstreamNow()
  const parts = { downstream, log: () => undefined, clock: () => now + passed }
  const exchangeFor = createExchangeFor(parts, { principal: alice, authorization: 'Bearer larger' })
  return async () => {
    const { status } = await exportMyData(exchangeFor, {})
    passed += millis
    return status
  }
}

async function refusalOf(act: Promise<unknown>): Promise<AppError> {
  const error = await act.catch((thrown: unknown) => thrown)
  if (error instanceof AppError) return error
  throw new Error('not refused', { cause: error })
}

describe('an export', () => {
  it('is started with a token for the exporter that reads, and with nothing of the caller’s own', async () => {
    const location = pending.location
    expect(await call()).toEqual({ exportId, status: 'PENDING', location, archive: null, expiresAt })
    const [exchange, start] = seen
    const parameters = new URLSearchParams(exchange?.body)
    expect([parameters.get('subject_token'), parameters.get('resource'), parameters.get('scope')]).toEqual([
      'larger',
      `${origin}/exporter`,
      'notes:read',
    ])
    expect(exchange?.authorization).toBe(`Basic ${Buffer.from('fieldnotes-api:the%20secret').toString('base64')}`)
    expect(start).toEqual({ what: 'POST /exporter/exports', authorization: 'Bearer smaller', body: '' })
    expect(lines.join('')).not.toMatch(/larger|smaller|secret/)
  })

  it('that has ended has a download', async () => {
    const archive = 'https://bucket.example.com/x'
    expect(await call({ exportId })).toMatchObject({ exportId, status: 'DONE', archive })
    expect(seen.map(({ what }) => what)).not.toContain('POST /exporter/exports')
  })

  it('that is pending goes on, and that has failed is returned', async () => {
    answers[`GET /exporter/exports/${id}`] = [
      [200, pending],
      [200, { ...pending, status: 'failed' }],
    ]
    expect((await call({ exportId })).status).toBe('PENDING')
    expect(seen.map(({ what }) => what)).toContain('POST /exporter/exports')
    expect(await call({ exportId })).toMatchObject({ status: 'FAILED', archive: null })
  })

  it('that ends between two requests of one call is returned, and not the one that the second has begun', async () => {
    const path = `GET /exporter/exports/${id}`
    const both: Fixed[] = [
      [200, pending],
      [200, done],
    ]
    answers[path] = [...both]
    answers['POST /exporter/exports'] = [[202, { ...pending, id: 'b'.repeat(22) }]]
    expect(await call({ exportId })).toMatchObject({ exportId, status: 'DONE' })
    answers[path] = [...both]
    answers['POST /exporter/exports'] = [[202, pending]]
    expect(await call({ exportId })).toMatchObject({ exportId, status: 'PENDING' })
  })
})

describe('a caller', () => {
  it.each([
    ['of a signed request', sampleUser({ ...alice, via: 'iam' }), 'FORBIDDEN'],
    ['whose token is bound to a key', sampleUser({ ...alice, boundTo: 't'.repeat(43) }), 'FORBIDDEN'],
    ['without a token', anonymous, 'UNAUTHENTICATED'],
  ] as const)('%s is refused, and nothing is sent', async (_name, principal, code) => {
    const error = await refusalOf(call({}, principal))
    expect([error.code, error.remedy?.kind, seen]).toEqual([code, code === 'FORBIDDEN' ? undefined : 'SIGN_IN', []])
    expect((await call({}, sampleUser({ ...alice, via: 'session' }))).status).toBe('PENDING')
  })

  it('whose sign-in is too old to be exchanged gets the remedy to sign in again; of a fresh one there is no remedy', async () => {
    answers['POST /oauth/token'] = [[400, { error: 'invalid_request' }]]
    const old = await refusalOf(call({}, sampleUser({ ...alice, authenticatedAt: now / 1000 - 3601 })))
    expect([old.code, old.remedy]).toEqual(['FORBIDDEN', { kind: 'STEP_UP', maxAge: 3600 }])
    const fresh = await refusalOf(call())
    expect([fresh.code, fresh.remedy]).toEqual(['FORBIDDEN', undefined])
  })

  it('gets UNAVAILABLE where no exporter is configured', async () => {
    expect((await refusalOf(call({}, alice, { downstream: undefined }))).code).toBe('UNAVAILABLE')
  })
})

describe('an answer', () => {
  it.each<[string, string, Fixed, string]>([
    ['of an issuer that fails', 'POST /oauth/token', [503, { error: 'temporarily_unavailable' }], 'UNAVAILABLE'],
    [
      'of an issuer that does not know the endpoint',
      'POST /oauth/token',
      [401, { error: 'invalid_client' }],
      'UNAVAILABLE',
    ],
    ['with more scopes', 'POST /oauth/token', [200, { ...exchanged, scope: 'notes:read notes:write' }], 'UNAVAILABLE'],
    ['with another type of token', 'POST /oauth/token', [200, { ...exchanged, token_type: 'DPoP' }], 'UNAVAILABLE'],
    ['that redirects the exchange', 'POST /oauth/token', [307, {}, { location: 'http://127.0.0.1:9/' }], 'UNAVAILABLE'],
    ['of an exporter that fails', 'POST /exporter/exports', [500, {}], 'UNAVAILABLE'],
    ['without a state', 'POST /exporter/exports', [202, { id }], 'UNAVAILABLE'],
    ['that is no object', 'POST /exporter/exports', [202, ['x']], 'UNAVAILABLE'],
    ['of too many exports', 'POST /exporter/exports', [429, {}, { 'retry-after': '60' }], 'LIMIT_EXCEEDED'],
  ])('%s is %s', async (_name, what, fixed, code) => {
    answers[what] = [fixed]
    const error = await refusalOf(call())
    expect(error.code).toBe(code)
    if (code === 'LIMIT_EXCEEDED') expect(error.remedy).toEqual({ kind: 'RETRY', after: 60 })
  })

  it.each([
    ['not an id', 'BAD_USER_INPUT'],
    [globalId('Note', '01J00000000000000000000000'), 'NOT_FOUND'],
    [globalId('Export', 'b'.repeat(22)), 'NOT_FOUND'],
  ])('to the id %j is %s', async (given, code) => {
    const error = await refusalOf(call({ exportId: given }))
    expect(error.code).toBe(code)
    if (code === 'BAD_USER_INPUT') expect(error.extensions.argument).toBe('input.exportId')
  })
})

describe('several exports of one request', () => {
  it('share its 12 seconds: the next one is UNAVAILABLE, and sends nothing', async () => {
    const field = fieldsOf(6000)
    expect([await field(), await field()]).toEqual(['PENDING', 'PENDING'])
    const sent = seen.length
    expect([(await refusalOf(field())).code, seen.length - sent]).toEqual(['UNAVAILABLE', 0])
    expect(await fieldsOf(0)()).toBe('PENDING')
  })

  it('whose exchange has taken the rest of the time call nothing', async () => {
    const clock = [now, now, now + 12_000]
    const error = await refusalOf(call({}, alice, { clock: () => clock.shift() ?? now + 12_000 }))
    expect([error.code, seen.map(({ what }) => what)]).toEqual(['UNAVAILABLE', ['POST /oauth/token']])
  })
})
