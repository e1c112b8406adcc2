/** Which requests run on the schema that records, and what is logged. */
import { anonymous } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Explanation } from '../../src/graphql/apollo-server.ts'
import { sampleDecisions } from '../../src/graphql/decision-sample.ts'
import { createSchema } from '../../src/graphql/schema.ts'

const { schema, schemaFor } = createSchema()
const logged: unknown[] = []

function optionsWith(share: number, random: number) {
  const options: Explanation = { schemaFor, plugins: [] }
  const log = (_level: string, event: string, fields?: object) => void logged.push({ event, ...fields })
  return { options, changed: sampleDecisions(options, { share, observed: schema, log, random: () => random }) }
}

describe('recording', () => {
  it('is off without a share: the options are the same object', () => {
    const { options, changed } = optionsWith(0, 0)
    expect(changed).toBe(options)
  })

  it.each([
    ['below the share', 0.0099, true],
    ['at the share', 0.01, false],
    ['above the share', 0.99, false],
  ])('runs a request %s on another schema: %s', async (_where, random, isRecorded) => {
    const { changed } = optionsWith(0.01, random)
    await changed.plugins?.[0]?.requestDidStart?.({} as never)
    expect(changed.schemaFor(anonymous) !== schemaFor(anonymous)).toBe(isRecorded)
  })

  it('logs the facts of the caller once, and each decision', async () => {
    const { changed } = optionsWith(1, 0)
    const contextValue = { principal: sampleUser({ id: 'secret', scopes: new Set(['notes:write']) }) }
    const [plugin] = changed.plugins ?? []
    const listener = await plugin?.requestDidStart?.({} as never)
    await graphql({
      schema: changed.schemaFor(contextValue.principal),
      source: '{ tags { tag } me { id } }',
      contextValue,
    })
    if (listener) await listener.willSendResponse?.({ contextValue } as never)
    expect(logged).toEqual([{ event: 'decisions', dropped: 0, record: expect.any(String) }])
    const { record } = logged[0] as { readonly record: string }
    expect(JSON.parse(record)).toMatchObject({
      caller: { kind: 'user', scopes: ['notes:write'], groups: { 'cognito:staff': false } },
      decisions: expect.arrayContaining([{ field: 'Query.tags', object: {}, outcome: 'FORBIDDEN', count: 1 }]),
    })
    expect(record).not.toContain('secret')
  })
})
