/**
 * Processor time of a cold start of the authorizer: until it is ready, and until its first verdict on a valid token,
 * which fetches the key set, loads the AWS SDK and reads the revocations.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorizer } from '@fieldnotes/cloud/deployed'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { median } from '../measure/statistics.ts'
import { serveIssuer } from '../world/serve-keys.ts'
import { bundleInto, type ColdAnswer, startBundle } from './start-bundle.ts'

const audience = 'http://127.0.0.1/graphql'

/** Milliseconds of processor time of all threads, since the process was created. */
export interface ColdStart {
  /** Until the handler can be called. */
  readonly ready: number
  /** Until the first verdict. */
  readonly verdict: number
}

/** The links of a deployed stage. Its key is of the bench alone. */
const links = {
  Notes: {
    resource: 'https://api.example.com/graphql',
    region: 'eu-west-1',
    accessTableName: 'fieldnotes-bench-access',
    userPoolId: 'eu-west-1_Bench0001',
    clientIds: ['web', 'console', 'machine'],
    firebaseProject: 'fieldnotes-bench',
    issuers: '[]',
    gateDenies: 'off',
  },
}
/** @throws Error when the token was not believed */
function verdictOf({ body, ready, answered }: ColdAnswer): ColdStart {
  if (JSON.parse(body).verdict !== 'ok') throw new Error(`the cold verdict is ${body}`)
  return { ready, verdict: answered }
}

/** Starts the deployed bundle several times; resolves to the medians. */
export async function measureCold(starts: number): Promise<ColdStart> {
  const { issuer, mint, close } = await serveIssuer({ audience, scope: 'read' })
  const database = await startDatabase(undefined, () => {})
  const access = { name: 'bench-access', region: 'eu-west-1', endpoint: database.endpoint }
  await ensureTable(access, 'access')
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-authorizer-'))
  const row = { kind: 'oidc', name: 'bench', issuer, jwksUri: `${issuer}/keys`, audience } as const
  const config = { issuers: [{ ...row, algorithms: ['RS256'], scopes: {} }], resource: audience, access }
  try {
    const headers = { authorization: `Bearer ${await mint('person')}` }
    const event = { headers, requestContext: { requestId: 'r' } }
    await bundleInto(folder, { build: { ...authorizer, links }, source: 'authorizer.ts', event })
    const found: ColdStart[] = []
    for (let start = 0; start < starts; start += 1) found.push(verdictOf(await startBundle(folder, config)))
    return { ready: median(found.map(({ ready }) => ready)), verdict: median(found.map(({ verdict }) => verdict)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    close()
    await database.stop()
  }
}
