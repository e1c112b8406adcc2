/**
 * `npm run load`: 200 people create, read and edit notes for 60 seconds on a local cloud that it starts and stops.
 * Exits with 1 on an error, a foreign note, or a lost write. `LOAD_CLIENTS` and `LOAD_SECONDS` change the amounts.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import { issuerNames, type LocalIssuer, mint } from '@fieldnotes/local/local-issuers'
import { startProgress } from '@fieldnotes/local/progress'
import { check, editTogether, meet, type Reply, type Send, work } from './client.ts'

const clientsWanted = Number(process.env.LOAD_CLIENTS ?? 200)
const seconds = Number(process.env.LOAD_SECONDS ?? 60)
const editsTogether = 20

function sendAs(url: string, token: string): Send {
  return async (query, variables) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, body: (await response.json()) as Reply['body'] }
  }
}

async function signIn(url: string, issuers: readonly LocalIssuer[], index: number) {
  const issuer = issuers[index % issuers.length]
  if (!issuer) throw new Error('no issuer')
  const now = Math.floor(Date.now() / 1000)
  const contents = { person: `person-${index}`, issuedAt: now, expiresAt: now + 3600, groups: [] }
  return meet(`person-${index}`, sendAs(url, await mint(issuer, contents)))
}

const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-load-'))

/** Runs the cloud as `npm start` does, in a separate process, so that clients do not slow it down. */
async function startCloud() {
  const program = fileURLToPath(import.meta.resolve('@fieldnotes/local/start'))
  const env = { ...process.env, PORT: '0' }
  const child = spawn(process.execPath, [program, '--ephemeral', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let url: string | undefined
  for await (const line of createInterface(child.stdout)) {
    url = /GraphQL +POST (http:\S+)\/graphql/.exec(line)?.[1]
    if (url) break
  }
  if (!url) throw new Error('the cloud did not start')
  // Log lines are discarded, but the pipe must be drained.
  child.stdout.resume()
  return { url, child }
}

const progress = startProgress({ command: 'npm run load', steps: seconds, noun: 'seconds', secondsEach: 1 })
const { url, child } = await startCloud()
try {
  const issuers = runningIssuers(folder) ?? []
  if (issuers.length !== issuerNames.length) throw new Error('the issuers do not run')
  const clients = await Promise.all(Array.from({ length: clientsWanted }, (_, index) => signIn(url, issuers, index)))
  const started = Date.now()
  const every = setInterval(() => progress.step(`${clients.length} people work`), 1000)
  await Promise.all(clients.map((client) => work(client, started + seconds * 1000)))
  clearInterval(every)
  progress.end()
  const missing = await Promise.all(
    clients.map((client, index) =>
      editTogether(client, clients[(index + 1) % clients.length] ?? client, editsTogether),
    ),
  )
  await Promise.all(clients.map(check))
  const total = clients.reduce((sum, { requests }) => sum + requests, 0)
  const faults = clients.flatMap((client) => client.faults)
  const lost = missing.filter((count) => count !== 0)
  console.log(`${clients.length} people, ${total} requests in ${Math.round((Date.now() - started) / 1000)} s`)
  console.log(
    `errors, foreign notes and lost writes: ${faults.length}; notes edited together that miss writes: ${lost.length}`,
  )
  for (const fault of faults.slice(0, 20)) console.error(fault)
  process.exitCode = faults.length + lost.length > 0 ? 1 : 0
} finally {
  const gone = once(child, 'exit')
  child.kill()
  await gone
  rmSync(folder, { recursive: true, force: true })
}
