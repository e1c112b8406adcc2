/** GraphQL over HTTP, by the audit suite of its working group, on the running endpoint. */
import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './support/local-cloud.ts'

let cloud: LocalCloud

beforeAll(async () => {
  cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
})

afterAll(async () => {
  await cloud.end()
  deleteFolder(cloud.folder)
})

/** MAYs that we decline: reading over GET would leave queries and their variables in the logs and caches on the way. */
const declined = [
  'notice 5A70 MAY accept application/x-www-form-urlencoded formatted GET requests',
  'notice D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'notice 6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
]

describe('GraphQL over HTTP', () => {
  it('keeps every MUST and every SHOULD, and declines exactly the MAYs that are listed', async () => {
    const results = await auditServer({ url: `${cloud.url}/graphql`, fetchFn: fetch })
    expect(results.length).toBeGreaterThan(55)
    const failed = results.filter(({ status }) => status !== 'ok')
    expect(failed.map(({ status, id, name }) => `${status} ${id} ${name}`)).toEqual(declined)
  })
})
