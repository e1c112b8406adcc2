import { AppError } from '@fieldnotes/core/error'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { describe, expect, it } from 'vitest'
import { type AuthorizerEvent, createGiveVerdict } from '../src/give-verdict.ts'

const requestContext = { requestId: 'r1' } as AuthorizerEvent['requestContext']
const opaque = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ-_01234'

async function judge(own: Principal | Error, { gateDenies = false, authorization = 'Bearer a.b.c' } = {}) {
  const lines: unknown[] = []
  const authenticate = async () => {
    if (own instanceof Error) throw own
    return own
  }
  const log = (level: string, event: string, fields?: object) => lines.push({ level, event, ...fields })
  const answer = await createGiveVerdict(
    { authenticate },
    { gateDenies, log },
  )({
    headers: { authorization },
    requestContext,
  })
  return { answer, lines }
}

function passed(context: object) {
  return { answer: { isAuthorized: true, context }, lines: [] }
}

const forged = new AppError('UNAUTHENTICATED', 'signature_invalid')
const outage = new AppError('UNAVAILABLE', 'keys_unreachable', { cause: new Error('no route') })

describe('createGiveVerdict', () => {
  it('says who the caller is, by the id alone', async () => {
    expect(await judge(anonymous)).toEqual(passed({ verdict: 'anonymous' }))
    expect(await judge(sampleUser({ id: 'alice', name: 'Alice' }))).toEqual(passed({ verdict: 'ok', id: 'alice' }))
    expect(await judge(sampleService({ id: 'robot' }))).toEqual(passed({ verdict: 'ok', id: 'robot' }))
  })

  it('gives a refused credential a verdict with the reason, and lets the function answer', async () => {
    expect(await judge(forged)).toEqual({
      answer: { isAuthorized: true, context: { verdict: 'refused', code: 'signature_invalid' } },
      lines: [{ level: 'info', event: 'gate', requestId: 'r1', reason: 'signature_invalid', cause: undefined }],
    })
  })

  it('judges a well-formed opaque token by its form alone', async () => {
    expect(await judge(forged, { authorization: `Bearer ${opaque}` })).toEqual(passed({ verdict: 'form' }))
  })

  it('is closed during an outage, and calls it neither a refusal nor a crash', async () => {
    const { answer, lines } = await judge(outage)
    expect(answer).toEqual({ isAuthorized: true, context: { verdict: 'unavailable' } })
    expect(lines).toMatchObject([
      { level: 'error', reason: 'keys_unreachable', cause: expect.stringMatching('no route') },
    ])
  })

  it.each([new TypeError('a bug'), new AppError('INTERNAL', 'bug', { cause: new Error('a bug') })])(
    'calls a bug a bug, and not an outage: %s',
    async (bug) => {
      const { answer, lines } = await judge(bug)
      expect(answer).toEqual({ isAuthorized: true, context: { verdict: 'failed' } })
      expect(lines).toMatchObject([{ level: 'error', event: 'gate', reason: 'unexpected', cause: expect.any(String) }])
    },
  )
})

describe('gateDenies', () => {
  it('ends refused credentials at the gateway, and nothing else', async () => {
    const isAuthorized = async (own: Principal | Error, authorization = 'Bearer a.b.c') =>
      (await judge(own, { gateDenies: true, authorization })).answer.isAuthorized
    expect(await isAuthorized(forged)).toBe(false)
    expect(await isAuthorized(anonymous)).toBe(true)
    expect(await isAuthorized(sampleUser())).toBe(true)
    expect(await isAuthorized(outage)).toBe(true)
    expect(await isAuthorized(new TypeError('a bug'))).toBe(true)
    expect(await isAuthorized(forged, `Bearer ${opaque}`)).toBe(true)
  })

  it('logs a denied credential as the function logs the others, which never sees this one', async () => {
    const { lines } = await judge(forged, { gateDenies: true })
    const refusal = { requestId: 'r1', code: 'UNAUTHENTICATED', reason: 'signature_invalid' }
    expect(lines).toEqual([{ level: 'info', event: 'refused', ...refusal }])
    expect((await judge(outage, { gateDenies: true })).lines).toMatchObject([{ event: 'gate' }])
  })
})
