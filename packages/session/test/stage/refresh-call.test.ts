import { AppError } from '@fieldnotes/core/error'
import { digestOf } from '@fieldnotes/table/digest'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import { answerRefresh, createRefreshCall, isRefreshCall } from '../../src/stage/refresh-call.ts'
import type { Refresh } from '../../src/steps/refresh-session.ts'
import type { StoredSession } from '../../src/store/session-item.ts'
import { credentials, serve } from '../kit/fake-aws.ts'

const cookie = newCookieSecret()
const session = { id: digestOf(cookie), access: new Uint8Array([0, 1, 254, 255]), loginId: 'login' } as StoredSession

let refresh: Refresh
const invoked: { path: string; body: string }[] = []

/** Lambda with one function: what that throws is a `FunctionError`, with status 200. */
const { server, endpoint } = await serve(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request)).toString()
  invoked.push({ path: String(request.url), body })
  const event = JSON.parse(body)
  try {
    response.end(JSON.stringify(isRefreshCall(event) && (await answerRefresh(event, refresh))))
  } catch {
    response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"errorMessage":"secret of a stack"}')
  }
})

beforeAll(() => {
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value)
})
afterAll(() => void server.close())

function callWith(answer: Refresh, to = endpoint) {
  refresh = answer
  return createRefreshCall({ region: 'eu-west-1', endpoint: to, functionName: 'fieldnotes-session' })(cookie)
}

describe('createRefreshCall', () => {
  it('returns the session that the other function refreshed: its id and its sealed token, byte by byte', async () => {
    const seen: string[] = []
    const refreshed = await callWith(async (given) => {
      seen.push(given)
      return session
    })
    expect(refreshed?.id).toBe(session.id)
    expect([...(refreshed?.access ?? [])]).toEqual([0, 1, 254, 255])
    expect(Object.keys(refreshed ?? {}).sort()).toEqual(['access', 'id'])
    expect(seen).toEqual([cookie])
    expect(invoked.at(-1)).toEqual({
      path: '/2015-03-31/functions/fieldnotes-session/invocations',
      body: JSON.stringify({ refresh: cookie }),
    })
  })

  it('returns nothing for a session that has ended', async () => {
    expect(await callWith(async () => undefined)).toBeUndefined()
  })

  it('says UNAVAILABLE as the other function does, with its reason', async () => {
    const call = callWith(() => Promise.reject(new AppError('UNAVAILABLE', 'provider out of reach')))
    await expect(call).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'provider out of reach' })
  })

  it('says UNAVAILABLE for a function that crashed, and for no function: nothing of the cookie is in the error', async () => {
    const crashed = () => callWith(() => Promise.reject(new Error('bug')))
    const gone = () => callWith(async () => session, 'http://127.0.0.1:1')
    for (const call of [crashed, gone]) {
      const error = await call().then(undefined, (thrown: unknown) => thrown)
      expect(error).toMatchObject({
        code: 'UNAVAILABLE',
        reason: expect.stringMatching(/^the function that refreshes/),
      })
      expect([String((error as Error).stack), (error as Error).cause]).toEqual([
        expect.not.stringContaining(cookie),
        undefined,
      ])
    }
  })
})

describe('answerRefresh', () => {
  it('refreshes for no text of another form', async () => {
    const never: Refresh = () => Promise.reject(new Error('called'))
    for (const text of ['', 'short', `${cookie}=`])
      expect(await answerRefresh({ refresh: text }, never)).toEqual({ session: null })
  })

  it('is for no event of the gateway, whatever a client sends in it', () => {
    expect(isRefreshCall({ refresh: cookie })).toBe(true)
    for (const event of [{ requestContext: {}, refresh: cookie }, { refresh: { toString: () => cookie } }, {}])
      expect(isRefreshCall(event)).toBe(false)
  })
})
