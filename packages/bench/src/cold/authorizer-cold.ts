/**
 * Processor time of a cold start of the authorizer: until it is ready, and until its first verdict on a valid token,
 * which fetches the key set, loads the AWS SDK and reads the revocations.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleEntry, sealedVariables } from '@fieldnotes/cloud/bundle'
import { authorizer } from '@fieldnotes/cloud/deployed'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { median } from '../measure/statistics.ts'
import { serveIssuer } from '../world/serve-keys.ts'

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
const encryptionKey = Buffer.alloc(32).toString('base64')

/** Starts the bundle once. */
async function startOnce(folder: string, config: object): Promise<ColdStart> {
  const credentials = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' }
  const own = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', BENCH_CONFIG: JSON.stringify(config) }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'minimal-runtime.mjs'), folder], {
    env: { ...own, ...credentials, ...sealedVariables(encryptionKey, folder) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  const { body, spent } = JSON.parse(text.slice(text.lastIndexOf('\n') + 1))
  if (JSON.parse(body).verdict !== 'ok') throw new Error(`the cold verdict is ${body}`)
  return { ready: spent.load[0], verdict: spent.answer[0] }
}

/** Writes the bundle and the event of a request with this token. */
async function bundleInto(folder: string, token: string): Promise<void> {
  const contents = `export { handler } from './authorizer.ts'\n`
  const stdin = { contents, resolveDir: import.meta.dirname, sourcefile: 'bundle.ts', loader: 'ts' } as const
  await bundleEntry(folder, { stdin, logLevel: 'error' }, { ...authorizer, encryptionKey, links })
  const event = { headers: { authorization: `Bearer ${token}` }, requestContext: { requestId: 'r' } }
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event))
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
    await bundleInto(folder, await mint('person'))
    const found: ColdStart[] = []
    for (let start = 0; start < starts; start += 1) found.push(await startOnce(folder, config))
    return { ready: median(found.map(({ ready }) => ready)), verdict: median(found.map(({ verdict }) => verdict)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    close()
    await database.stop()
  }
}
