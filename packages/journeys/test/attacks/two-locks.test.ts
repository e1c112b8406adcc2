/**
 * The whole table of attacks on bearer tokens, with both locks and with either one switched off: the other refuses
 * alone.
 */
import type { Event } from '@fieldnotes/api/route'
import { createTwoLocks } from '@fieldnotes/api/two-locks'
import { createGiveVerdict } from '@fieldnotes/authorizer/give-verdict'
import type { User } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import type { Verdict } from '@fieldnotes/core/verdict'
import type { Identity } from '@fieldnotes/identity/identity'
import { describe, expect, it } from 'vitest'
import { identityWith, outcomeOf } from '../../../identity/test/kit/identities.ts'
import { mint, shapes } from '../../../identity/test/kit/mint.ts'
import { refusals } from '../../../identity/test/refusals/table.ts'

type Headers = Event['headers']
type Lock = Pick<Identity, 'authenticate'>

const alice: User = sampleUser({ id: 'alice' })

/** A lock that is switched off: it takes every request for alice's. */
const off: Lock = { authenticate: async () => alice }

function log(): void {}

/** The verdict of a gate on these headers, handed to an endpoint. Undefined: the request comes without one. */
async function send(headers: Headers, gate: Lock | undefined, endpoint: Lock): Promise<string> {
  const requestContext = { requestId: 'r1' } as Event['requestContext']
  const context = gate && (await verdictOf(gate, { headers, requestContext }))
  const authorizer = context && { lambda: context }
  const event = { headers, requestContext: { ...requestContext, ...(authorizer && { authorizer }) } } as Event
  return outcomeOf(createTwoLocks(endpoint, log)(event))
}

async function verdictOf(gate: Lock, event: Pick<Event, 'headers' | 'requestContext'>): Promise<Verdict> {
  const giveVerdict = createGiveVerdict(gate, { gateDenies: false, log })
  const { isAuthorized, context } = await giveVerdict(event as Parameters<typeof giveVerdict>[0])
  expect(isAuthorized).toBe(true)
  return context
}

// Two identities, because each lock has a memory of its own.
const [gate, endpoint] = [identityWith(), identityWith()]

const attacks = refusals.map(({ headers, ...row }) => ({ ...row, headers: () => headers() as Headers }))

describe.each(Object.keys(shapes))('an attack with a token of %s', (name) => {
  const rows = attacks.filter((row) => row.name === name)

  it.each(rows)('is refused by the authorizer alone: $what', async ({ reason, headers }) => {
    expect(await send(headers(), gate, off)).toBe(`UNAUTHENTICATED ${reason}`)
  })

  it.each(rows)('is refused by the endpoint alone: $what', async ({ reason, headers }) => {
    expect(await send(headers(), off, endpoint)).toBe(`UNAUTHENTICATED ${reason}`)
  })

  it.each(rows)('is refused by both: $what', async ({ reason, headers }) => {
    expect(await send(headers(), gate, endpoint)).toBe(`UNAUTHENTICATED ${reason}`)
  })
})

describe.each(Object.entries(shapes))('a valid token of %s', (_name, shape) => {
  const headers = { authorization: `Bearer ${mint(shape)}` }

  it('is accepted by both', async () => {
    expect(await send(headers, gate, endpoint)).toBe('accepted')
  })

  it('is refused without a verdict', async () => {
    expect(await send(headers, undefined, endpoint)).toBe('UNAUTHENTICATED verdict_missing')
  })

  it('is refused when the two locks see different persons', async () => {
    expect(await send(headers, off, endpoint)).toBe('UNAUTHENTICATED verdicts_differ')
    expect(await send(headers, gate, off)).toBe('UNAUTHENTICATED verdicts_differ')
  })
})
