/**
 * The whole table of attacks on bearer tokens, over HTTP through the laptop's gateway, the authorizer and the endpoint:
 * with both locks, and with either one switched off, so that the other refuses alone.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Event } from '@fieldnotes/api/route'
import { createHandler } from '@fieldnotes/api/server'
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import type { Answer, Authorizer, AuthorizerEvent } from '@fieldnotes/authorizer/give-verdict'
import { personId } from '@fieldnotes/identity/person-id'
import { type Cloud, startCloud } from '@fieldnotes/local/cloud'
import { digestOf } from '@fieldnotes/table/digest'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { storeOpaqueToken } from '@fieldnotes/table/test/opaque-tokens'
import type { Context as Invocation } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settings } from '../../../identity/test/kit/identities.ts'
import { mint, shapes } from '../../../identity/test/kit/mint.ts'
import { proof, proven } from '../../../identity/test/kit/proofs.ts'
import { proofTable } from '../../../identity/test/refusals/proof-attacks.ts'
import { refusals } from '../../../identity/test/refusals/table.ts'
import { json } from '../decisions/kit/gateway-exchange.ts'
import { executor } from '../support/executor.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
const { issuers, resource } = settings
const shape = shapes.cognito
const alice = { authorization: `Bearer ${mint(shape)}` }
const hers = { ...json, ...alice }
const body = '{"query":"{ me { id } }"}'
const alicesVerdict = { verdict: 'ok', id: personId(String(shape.claims.iss), String(shape.claims.sub)) } as const

/** Which lock is switched off: the authorizer takes every request for alice's, or the endpoint every token for hers. */
let off: 'authorizer' | 'endpoint' | undefined
/** Whether the authorizer denies refused credentials by itself. */
let denies = false
/** Replaces what the authorizer says. */
let forced: Partial<Answer['context']> | undefined

type Handle = (event: Event, invocation: Invocation) => Promise<unknown>
let cloud: Cloud
let judge: Authorizer
let endpoint: Handle
let access: TableConfig
/** An event as the gateway makes it. */
let template: Event
let lines: Readonly<Record<string, unknown>>[] = []

function log(_level: string, event: string, fields?: object): void {
  lines.push({ event, ...fields })
}

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const options = { ...settings, log }
  cloud = await startCloud({
    ...{ port: 0, folder, ephemeral: true, endpoint: undefined, region: 'eu-west-1', log },
    executor,
    createAuthorizer: async (config) => {
      const real = createAuthorizer({ ...config, issuers, resource }, options)
      const denying = createAuthorizer({ ...config, issuers, resource, gateDenies: true }, options)
      judge = async (event) => {
        const own = denies ? denying : real
        const answer = off === 'authorizer' ? { isAuthorized: true, context: alicesVerdict } : await own(event)
        return forced ? { ...answer, context: forced as Answer['context'] } : answer
      }
      return (event) => judge(event)
    },
    createHandler: (config) => {
      if (!config.access) throw new Error('the cloud has no table Access')
      access = config.access
      const real = createHandler({ ...config, issuers, resource }, options)
      endpoint = (event, invocation) => real(off === 'endpoint' ? { ...event, headers: hers } : event, invocation)
      return async (event, invocation) => {
        template = event
        return endpoint(event, invocation) as ReturnType<typeof real>
      }
    },
  })
  await sendByHttp({})
})
afterAll(async () => {
  await cloud?.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Headers = Event['headers']

/** Status, reason in the log, and whether the answer has a challenge. */
async function send(headers: Headers): Promise<readonly unknown[]> {
  lines = []
  const requestId = randomUUID()
  const sent = { ...json, ...headers }
  const requestContext = { ...template.requestContext, requestId }
  const { context } = await judge({ headers: sent, requestContext } as unknown as AuthorizerEvent)
  const routed = { ...template, headers: sent, requestContext: { ...requestContext, authorizer: { lambda: context } } }
  const result = await endpoint(routed as Event, {} as Invocation)
  const { statusCode, headers: answered } = result as { statusCode: number; headers: Record<string, string> }
  const reason = lines.find((line) => line.event === 'refused')?.reason
  return [statusCode, reason, 'www-authenticate' in answered]
}

/** The same over HTTP. */
async function sendByHttp(headers: Headers): Promise<readonly unknown[]> {
  lines = []
  // Between two of them the other tests take longer than a server keeps a connection.
  const sent = { ...json, connection: 'close', ...(headers as Record<string, string>) }
  const response = await fetch(`${cloud.url}/graphql`, { method: 'POST', headers: sent, body })
  await response.text()
  const reason = lines.find((line) => line.event === 'refused')?.reason
  return [response.status, reason, response.headers.has('www-authenticate')]
}

const attacks = refusals.map(({ headers, ...row }) => ({ ...row, headers: () => headers() as Headers }))

/** To the endpoint a text without a dot is an opaque token, of at most 512 characters. */
function opaqueReasonOf({ authorization = '' }: Headers): string {
  return authorization.length > 'Bearer '.length + 512 ? 'token_too_long' : 'token_unknown'
}

describe.each(Object.keys(shapes))('an attack with a token of %s', (name) => {
  const rows = attacks.filter((row) => row.name === name)

  it.each(rows)('is refused by both, and by either alone: $what', async ({ what, reason, headers }) => {
    for (const lock of ['endpoint', 'authorizer', undefined] as const) {
      off = lock
      const expected = what === 'one segment' && lock !== 'endpoint' ? opaqueReasonOf(headers()) : reason
      expect([lock, ...(await send(headers()))]).toEqual([lock, 401, expected, true])
    }
  })
})

describe.each(Object.entries(proofTable))(
  'an attack on a token that is bound to a key, by its %s',
  (_section, rows) => {
    it.each(rows)('is refused by both, and by either alone: %s', async (_what, reason, headers) => {
      for (const lock of ['endpoint', 'authorizer', undefined] as const) {
        off = lock
        expect([lock, ...(await send(headers() as Headers))]).toEqual([lock, 401, reason, true])
      }
    })
  },
)

describe('a proof of a token that is bound to a key', () => {
  const proved = (id: string) => proven(proof({ jti: id })) as Headers

  it('is consumed by the endpoint alone: the authorizer does not, and its disagreement is no alarm', async () => {
    off = undefined
    expect(await send(proved('first'))).toEqual([200, undefined, false])
    expect(await send(proved('first'))).toEqual([401, 'proof_used', true])
    expect(lines.filter(({ event }) => event === 'locks_differ')).toEqual([])
    expect(await send(proved('second'))).toEqual([200, undefined, false])
  })
})

describe('over HTTP', () => {
  const refused = { authorization: `Bearer ${mint(shape, { exp: 1_700_000_000, iat: 1_699_999_900 })}` }

  it.each(['endpoint', 'authorizer', undefined] as const)('an attack is refused with the %s off', async (lock) => {
    off = lock
    expect(await sendByHttp(refused)).toEqual([401, 'expired', true])
  })

  it.each(Object.entries(shapes))('a valid token of %s is accepted by both', async (_name, each) => {
    off = undefined
    expect(await sendByHttp({ authorization: `Bearer ${mint(each)}` })).toEqual([200, undefined, false])
  })

  it('an opaque token is looked up by the endpoint alone', async () => {
    off = undefined
    const token = await storeOpaqueToken(createTable(access), { ...shapes.fieldnotes.claims, client_id: 'assistant' })
    const opaque = { authorization: `Bearer ${token}` }
    const accepted = [200, undefined, false]
    expect(await sendByHttp(opaque)).toEqual(accepted)
    expect(await sendByHttp({ authorization: `bearer ${token}` })).toEqual(accepted)
    for (const authorization of [`Bearer ${'x'.repeat(43)}`, `Bearer ${digestOf(token)}`])
      expect(await sendByHttp({ authorization })).toEqual([401, 'token_unknown', true])
    for (const said of [{ verdict: 'ok', id: alicesVerdict.id }, { verdict: 'anonymous' }]) {
      forced = said as Answer['context']
      expect(await sendByHttp(opaque)).toEqual([401, 'verdicts_differ', true])
    }
    forced = { verdict: 'form' }
    expect(await sendByHttp(alice)).toEqual([401, 'verdicts_differ', true])
    forced = undefined
    const [path, headers] = [`${cloud.url}/graphql?access_token=${token}&query={me{id}}`, { connection: 'close' }]
    expect((await (await fetch(path, { headers })).json()).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    expect((await (await fetch(path, { headers: { ...headers, ...opaque } })).json()).errors).toBeUndefined()
  })

  it('a gateway that denies answers 403 without a challenge, and lets the others pass', async () => {
    denies = true
    expect(await sendByHttp(refused)).toEqual([403, 'expired', false])
    expect(lines.filter(({ event }) => event === 'refused')).toHaveLength(1)
    expect(await sendByHttp(alice)).toEqual([200, undefined, false])
    expect((await sendByHttp({}))[0]).toBe(200)
    denies = false
  })

  it('a request on which the authorizer says nothing, or another person, is refused', async () => {
    off = undefined
    expect(await sendByHttp(alice)).toEqual([200, undefined, false])
    for (const [said, reason] of [
      [{}, 'verdict_missing'],
      [{ verdict: 'ok', id: 'bob' }, 'verdicts_differ'],
      [{ verdict: 'anonymous' }, 'verdicts_differ'],
    ] as const) {
      forced = said
      expect(await sendByHttp(alice)).toEqual([401, reason, true])
    }
    forced = undefined
  })
})
