/** The audit suite of the GraphQL over HTTP working group, on the running endpoint. */
import { auditServer } from 'graphql-http'
import { describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'

const cloud = ephemeralCloud()

describe('GraphQL over HTTP', () => {
  it('passes every audit, those of what a server MAY do as well', async () => {
    const results = await auditServer({ url: `${cloud.url}/graphql`, fetchFn: fetch })
    const failed = results.filter(({ status }) => status !== 'ok')
    expect(failed.map(({ status, id, name }) => `${status} ${id} ${name}`)).toEqual([])
    expect(results).toHaveLength(61)
  })
})
