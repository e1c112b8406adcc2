/** The authorizer gives a verdict on whatever it is invoked with, and never a favourable one by mistake. */
import { createLog } from '@fieldnotes/core/log'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { identityWith } from '../../identity/test/kit/identities.ts'
import { mint, shapes } from '../../identity/test/kit/mint.ts'
import { type AuthorizerEvent, createGiveVerdict } from '../src/give-verdict.ts'

const identity = identityWith()

/** The answer to an event of any type, and the verdict's name. */
async function answerTo(event: unknown, gateDenies = false) {
  const lines: string[] = []
  const giveVerdict = createGiveVerdict(identity, { gateDenies, log: createLog((line) => lines.push(line)) })
  const { isAuthorized, context } = await giveVerdict(event as AuthorizerEvent)
  return { isAuthorized, verdict: context.verdict, lines }
}

const authorization = `Bearer ${mint(shapes.cognito)}`
const requestContext = { requestId: 'r1' }

describe('the authorizer', () => {
  it('judges a proper event', async () => {
    expect((await answerTo({ headers: { authorization }, requestContext })).verdict).toBe('ok')
    expect((await answerTo({ headers: { host: 'a' }, requestContext })).verdict).toBe('anonymous')
    expect((await answerTo({ headers: { authorization } })).verdict).toBe('ok')
  })

  it.each([
    undefined,
    null,
    7,
    'headers',
    [],
    {},
    { headers: null, requestContext },
    { headers: undefined, requestContext },
    { headers: 'authorization', requestContext },
    { headers: ['authorization'], requestContext },
  ])('takes an event without headers for a bug, and not for a request without a token: %j', async (event) => {
    const { verdict, lines } = await answerTo(event)
    expect(verdict).toBe('failed')
    expect(lines).toEqual([expect.stringMatching(/"level":"error".*"reason":"unexpected"/)])
  })

  it.each([null, 7, true, {}, [[7]], [['Bearer a', 'Bearer b']], '', 'Bearer a.b.c'])(
    'refuses the credential %j',
    async (value) => {
      expect((await answerTo({ headers: { authorization: value } })).verdict).toBe('refused')
      expect((await answerTo({ headers: { Authorization: value } })).verdict).toBe('refused')
    },
  )

  const names = fc.constantFrom('authorization', 'Authorization', 'host', '__proto__', 'constructor')
  const values = fc.oneof(fc.anything(), fc.constantFrom('Bearer', `${authorization}x`, 'Bearer a.b.c'))
  const headers = fc.oneof(fc.dictionary(fc.oneof(names, fc.string()), values), fc.anything())
  const events = fc.oneof(fc.anything(), fc.record({ headers, requestContext: fc.anything() }, { requiredKeys: [] }))

  it('answers any event, accepts no credential that is none, and denies nothing but a refused one', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), async (event, gateDenies) => {
        const { isAuthorized, verdict } = await answerTo(event, gateDenies)
        expect(['anonymous', 'refused', 'failed']).toContain(verdict)
        expect(isAuthorized).toBe(!(gateDenies && verdict === 'refused'))
      }),
    )
  })
})
