/** Debian's Authlib at our own issuer: a client library that shares no code with it. */
import { execFile, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { addClient } from '@fieldnotes/issuer/stored-clients'
import { beforeAll, expect, it } from 'vitest'
import { agreedAt } from '../support/command-line.ts'
import { programEnvironment, pythonPath } from '../support/debian-programs.ts'
import { ask } from '../support/graphql-client.ts'
import { appNames, linkedApps } from '../support/linked-apps.ts'
import { claimsOf, ephemeralIssuer, machineRow } from '../support/own-issuer.ts'

const program = fileURLToPath(new URL('support/authlib_issuer.py', import.meta.url))

const { cloud, issuer } = ephemeralIssuer()
const { add, appOf } = linkedApps(issuer)

beforeAll(add)

it('gets tokens by secret, by key and by exchange, and verifies each by the key set', async () => {
  const { url, table, targets, secretOf, subject } = issuer()
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] }
  const client = { id: 'partner', row: machineRow('private_key_jwt', 60), credentials: { jwks } }
  await addClient(table, client, Date.now())
  const key = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k' })
  const metadata = `${url}/.well-known/oauth-authorization-server/oauth`
  const secrets = [secretOf('robot'), secretOf('portal'), key]
  const words = [program, metadata, ...secrets, await subject('cognito'), targets.exporter]
  const { stdout } = await promisify(execFile)(pythonPath, words, { env: programEnvironment })
  const { machine, assertion, exchanged, token } = JSON.parse(stdout)
  expect([machine.sub, machine.aud, machine.scope]).toEqual(['robot', targets.graphql, 'notes:read'])
  expect([assertion.sub, assertion.exp - assertion.iat]).toEqual(['partner', 60])
  expect([exchanged.aud, exchanged.act]).toEqual([targets.exporter, { sub: 'portal' }])
  expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(200)
})

const code = fileURLToPath(new URL('support/authlib_code.py', import.meta.url))

it('signs in by code with PKCE, refreshes and revokes', async () => {
  const metadata = `${cloud.url}/.well-known/oauth-authorization-server/oauth`
  const child = spawn(pythonPath, [code, metadata], { env: programEnvironment, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const address = new URL(String((await lines.next()).value))
  const { origin } = new URL(cloud.url)
  expect(address.origin).toBe(origin)
  child.stdin.end(`${await agreedAt(cloud, address.href)}\n`)
  const { first, second, ended } = JSON.parse(String((await lines.next()).value))
  expect([claimsOf(second).login_id, ended]).toEqual([claimsOf(first).login_id, 'invalid_grant'])
  const query = 'mutation { createNote(input: { title: "By Authlib" }) { note { title } } }'
  for (const token of [first, second])
    expect((await ask(cloud.url, { token, query })).data.createNote.note).toEqual({ title: 'By Authlib' })
})

const linked = fileURLToPath(new URL('support/authlib_linked.py', import.meta.url))
const methods = { basic: 'client_secret_basic', post: 'client_secret_post', nothing: 'none' } as const

it.each(appNames)('links an account by %s, refreshes, introspects, reads userinfo and revokes', async (name) => {
  const { id, secret, sends, redirectUri, pkce } = appOf(name)
  const metadata = `${cloud.url}/.well-known/oauth-authorization-server/oauth`
  const words = [metadata, id, sends === 'nothing' ? '' : secret, methods[sends], redirectUri, pkce ? 'S256' : '']
  const child = spawn(pythonPath, [linked, ...words], { env: programEnvironment, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const address = String((await lines.next()).value)
  child.stdin.end(`${await agreedAt(cloud, address)}\n`)
  const { first, second, known, person, after } = JSON.parse(String((await lines.next()).value))
  expect([first.expires_in, first.access_token === second.access_token]).toEqual([300, false])
  expect([known.active, known.client_id, after]).toEqual([true, id, { active: false }])
  expect(person).toEqual({ sub: known.sub, name: 'Alice' })
})
