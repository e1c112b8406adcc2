/** A gateway that denies hides nothing from the alarms: the authorizer writes the lines that its metrics count. */
import { createGiveVerdict } from '@fieldnotes/authorizer/give-verdict'
import { createLog } from '@fieldnotes/core/log'
import { describe, expect, inject, it } from 'vitest'
import { identityWith } from '../../identity/test/kit/identities.ts'
import { mint, shapes } from '../../identity/test/kit/mint.ts'
import { metricsOf } from './find-resources.ts'
import { expectCounted, linesOf } from './metric-lines.ts'

/** What the authorizer writes about these tokens. */
async function logOf(gateDenies: boolean, tokens: readonly string[]) {
  const written: string[] = []
  const log = createLog((line) => written.push(line))
  const giveVerdict = createGiveVerdict(identityWith({ log }), { gateDenies, log })
  const requestContext = { requestId: 'r1' } as Parameters<typeof giveVerdict>[0]['requestContext']
  for (const token of tokens) await giveVerdict({ headers: { authorization: `Bearer ${token}` }, requestContext })
  return linesOf(written.join('\n'))
}

const tokens = [
  mint(shapes.cognito),
  mint(shapes.cognito, {}, { kid: 'unknown' }),
  mint(shapes.cognito, { iat: 1, exp: 2 }),
]

describe('the log of an authorizer that denies', () => {
  const own = metricsOf(inject('production'), '/fieldnotes/production/authorizer')

  it.each(own)('has lines for the metric $inputs.name', async (filter) => {
    expectCounted(filter, await logOf(true, tokens))
  })

  it('has one line `refused` for each denied request, and none where the endpoint writes it', async () => {
    const refusals = (lines: Awaited<ReturnType<typeof logOf>>) => lines.filter(({ event }) => event === 'refused')
    expect(refusals(await logOf(true, tokens))).toMatchObject([
      { code: 'UNAUTHENTICATED', reason: 'key_unknown', requestId: 'r1' },
      { code: 'UNAUTHENTICATED', reason: 'expired', requestId: 'r1' },
    ])
    expect(refusals(await logOf(false, tokens))).toEqual([])
    expect(own.length).toBe(3)
  })
})
