/**
 * Processor time of a cold start of the authorizer with its first verdict on a valid token, which fetches the key set,
 * loads the AWS SDK and reads the revocations.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleEntry } from '@fieldnotes/cloud/bundle'
import { authorizer } from '@fieldnotes/cloud/deployed'
import { startDatabase } from '@fieldnotes/local/database'
import { ensureTable } from '@fieldnotes/local/ensure-table'
import { serveIssuer } from '../world/serve-keys.ts'

const audience = 'http://127.0.0.1/graphql'

/** Starts the bundle once; resolves to milliseconds of processor time of all threads until the verdict. */
async function startOnce(folder: string, config: object): Promise<number> {
  const credentials = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' }
  const own = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', BENCH_CONFIG: JSON.stringify(config) }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'minimal-runtime.mjs'), folder], {
    env: { ...own, ...credentials },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(child, 'close')
  const { body, spent } = JSON.parse(text.slice(text.lastIndexOf('\n') + 1))
  if (JSON.parse(body).verdict !== 'ok') throw new Error(`the cold verdict is ${body}`)
  return spent.answer[0]
}

/** Writes the bundle and the event of a request with this token. */
async function bundleInto(folder: string, token: string): Promise<void> {
  const contents = `export { handler } from './authorizer.ts'\n`
  const stdin = { contents, resolveDir: import.meta.dirname, sourcefile: 'bundle.ts', loader: 'ts' } as const
  await bundleEntry(folder, { stdin, logLevel: 'error' }, authorizer)
  const event = { headers: { authorization: `Bearer ${token}` }, requestContext: { requestId: 'r' } }
  writeFileSync(join(folder, 'event.json'), JSON.stringify(event))
}

/**
 * Milliseconds of processor time from the start of a process to its first verdict: the least of the starts, because
 * other programs on the machine only add to it.
 */
export async function measureCold(starts: number): Promise<number> {
  const { issuer, mint, close } = await serveIssuer({ audience, scope: 'read' })
  const database = await startDatabase(undefined, () => {})
  const access = { name: 'bench-access', region: 'eu-west-1', endpoint: database.endpoint }
  await ensureTable(access, 'access')
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-authorizer-'))
  const row = { kind: 'oidc', name: 'bench', issuer, jwksUri: `${issuer}/keys`, audience } as const
  const config = { issuers: [{ ...row, algorithms: ['RS256'], scopes: {} }], resource: audience, access }
  try {
    await bundleInto(folder, await mint('person'))
    const times: number[] = []
    for (let start = 0; start < starts; start += 1)
      times.push(await startOnce(folder, { ...config, gateDenies: false }))
    return Math.min(...times)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    close()
    await database.stop()
  }
}
