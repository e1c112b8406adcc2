/**
 * `npm run load`: 200 people write, read and edit for 60 seconds against the whole local cloud, which is started for it and ended after.
 * Ends with 1 on any error, any note of somebody else's, any lost write. `LOAD_CLIENTS` and `LOAD_SECONDS` ask for other amounts.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHandler } from '@fieldnotes/api/server'
import { startCloud } from '@fieldnotes/local/cloud'
import { issuerNames, type LocalIssuer, mint } from '@fieldnotes/local/issuers'
import { runningIssuers } from '@fieldnotes/local/issuers-file'
import { useLocalCredentials } from '../store/local-credentials.ts'
import { check, editTogether, meet, type Reply, type Send, work } from './client.ts'

const clientsWanted = Number(process.env.LOAD_CLIENTS ?? 200)
const seconds = Number(process.env.LOAD_SECONDS ?? 60)
const editsTogether = 20

const sendAs =
  (url: string, token: string): Send =>
  async (query, variables) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, body: (await response.json()) as Reply['body'] }
  }

const signIn = async (url: string, issuers: readonly LocalIssuer[], index: number) => {
  const issuer = issuers[index % issuers.length]
  if (!issuer) throw new Error('no issuer')
  const now = Math.floor(Date.now() / 1000)
  const wish = { person: `person-${index}`, issuedAt: now, expiresAt: now + 3600, groups: [] }
  return meet(`person-${index}`, sendAs(url, await mint(issuer, wish)))
}

useLocalCredentials()
const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-load-'))
const log = (level: string, event: string, more = {}) => level === 'error' && console.error(event, more)
const cloud = await startCloud({
  port: 0,
  folder,
  ephemeral: true,
  endpoint: process.env.DYNAMODB_ENDPOINT,
  region: 'eu-west-1',
  log,
  createHandler: (config) => createHandler(config, { loopbackIssuers: 'trust', environment: process.env, log }),
})
try {
  const issuers = runningIssuers(folder) ?? []
  if (issuers.length !== issuerNames.length) throw new Error('the issuers do not run')
  const clients = await Promise.all(
    Array.from({ length: clientsWanted }, (_, index) => signIn(cloud.url, issuers, index)),
  )
  const started = Date.now()
  await Promise.all(clients.map((client) => work(client, started + seconds * 1000)))
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
  await cloud.stop()
  rmSync(folder, { recursive: true, force: true })
}
