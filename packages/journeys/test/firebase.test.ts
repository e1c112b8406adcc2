/**
 * People sign up and sign in at the Firebase Auth emulator. Its tokens are unsigned (`alg: none`), so the endpoint must
 * refuse them. Where a test needs an accepted token, it signs the same claims with the local issuer's key.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cloud } from '@fieldnotes/local/cloud'
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startAuthEmulator } from './support/auth-emulator.ts'
import type { Emulator } from './support/emulator.ts'
import { ask } from './support/graphql-client.ts'
import { createFolder, deleteFolder } from './support/local-cloud.ts'
import { startTrustingCloud } from './support/trusting-cloud.ts'

const projectId = 'demo-fieldnotes'
const password = 'correct-horse-9'
const folder = createFolder()

let emulator: Emulator
let cloud: Cloud

interface Account {
  readonly idToken: string
  readonly localId: string
}

async function call(path: string, input: object, headers = {}): Promise<Account> {
  const url = `${emulator.url}/identitytoolkit.googleapis.com/v1/${path}`
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  }
  const response = await fetch(url, request)
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  return (await response.json()) as Account
}

function enter(act: 'signUp' | 'signInWithPassword', email: string) {
  return call(`accounts:${act}?key=any`, { email, password, returnSecureToken: true })
}

/** Requests that only the project's backend may send. */
function administer(act: 'update' | 'delete', input: object) {
  return call(`projects/${projectId}/accounts:${act}`, input, { authorization: 'Bearer owner' })
}

function setClaims(localId: string, claims: object) {
  return administer('update', { localId, customAttributes: JSON.stringify(claims), emailVerified: true })
}

/** Signs the emulator's claims with the key of the local Firebase issuer. */
async function signAnew(idToken: string): Promise<string> {
  const { issuers } = JSON.parse(readFileSync(join(folder, 'issuers.json'), 'utf8'))
  const { issuer, privateJwk } = issuers.find(({ name }: { name: string }) => name === 'firebase')
  return new SignJWT({ ...decodeJwt(idToken), iss: issuer })
    .setProtectedHeader({ alg: 'RS256', kid: privateJwk.kid, typ: 'JWT' })
    .sign(await importJWK(privateJwk, 'RS256'))
}

beforeAll(async () => {
  emulator = await startAuthEmulator(projectId)
  await enter('signUp', 'carol@example.com')
  process.env.FIREBASE_AUTH_EMULATOR_HOST = new URL(emulator.url).host
  cloud = await startTrustingCloud(folder, (local) =>
    local.map((row) => (row.kind === 'firebase' ? { ...row, onlineCheck: true } : row)),
  )
})

afterAll(async () => {
  delete process.env.FIREBASE_AUTH_EMULATOR_HOST
  await cloud?.stop()
  await emulator?.end()
  deleteFolder(folder)
})

const create = 'mutation { createNote(input: { title: "Groceries" }) { note { id } } }'

describe('a sign-in at Firebase', () => {
  it('is refused as the emulator issues it, unsigned', async () => {
    const { idToken } = await enter('signInWithPassword', 'carol@example.com')
    expect(decodeProtectedHeader(idToken).alg).toBe('none')
    const answer = await ask(cloud.url, { token: idToken, query: '{ __typename }' })
    expect([answer.status, answer.data]).toEqual([401, undefined])
  })

  it('is refused with the issuer of the local table, still unsigned', async () => {
    const [header, payload = ''] = (
      await signAnew((await enter('signInWithPassword', 'carol@example.com')).idToken)
    ).split('.')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const token of [`${none}.${payload}.`, `${header}.${payload}.`, `${none}.${payload}`])
      expect((await ask(cloud.url, { token, query: '{ __typename }' })).status).toBe(401)
  })

  it('writes and reads as the person once its claims are signed', async () => {
    const token = await signAnew((await enter('signInWithPassword', 'carol@example.com')).idToken)
    const { id } = (await ask(cloud.url, { token, query: create })).data.createNote.note
    const { data } = await ask(cloud.url, {
      token,
      query: `{ note(id: "${id}") { title owner { id } } me { id email } }`,
    })
    expect(data.note).toEqual({ title: 'Groceries', owner: { id: data.me.id } })
    expect(data.me.email).toBeNull()
  })

  it('has the scopes and groups of its custom claims, and the address once it is verified', async () => {
    const { localId } = await enter('signUp', 'dora@example.com')
    await setClaims(localId, { scope: 'notes:read', groups: ['staff'] })
    const { idToken } = await enter('signInWithPassword', 'dora@example.com')
    expect(decodeJwt(idToken)).toMatchObject({ scope: 'notes:read', groups: ['staff'], email_verified: true })
    const token = await signAnew(idToken)
    expect((await ask(cloud.url, { token, query: '{ me { email } }' })).data.me.email).toBe('dora@example.com')
    expect((await ask(cloud.url, { token, query: create })).codes).toEqual({ createNote: 'FORBIDDEN' })
  })
})

function inOneMinute() {
  return String(Math.floor(Date.now() / 1000) + 60)
}

const falls: readonly [string, (localId: string) => Promise<unknown>][] = [
  ['disabled', (localId) => administer('update', { localId, disableUser: true })],
  ['signed out everywhere', (localId) => administer('update', { localId, validSince: inOneMinute() })],
  ['deleted', (localId) => administer('delete', { localId })],
]

describe('an account that the project has given up', () => {
  it.each(falls)('may do nothing any more that can not be undone, once %s', async (how, fall) => {
    const { idToken, localId } = await enter('signUp', `${how.replaceAll(' ', '-')}@example.com`)
    const token = await signAnew(idToken)
    const { id } = (await ask(cloud.url, { token, query: create })).data.createNote.note
    const rename = 'mutation { updateProfile(input: { name: "Dora" }) { me { name } } }'
    expect((await ask(cloud.url, { token, query: rename })).codes).toEqual({})
    await fall(localId)
    const remove = `mutation { deleteNote(input: { id: "${id}" }) { deletedNoteId } }`
    const answer = await ask(cloud.url, { token, query: remove })
    expect([answer.status, answer.data]).toEqual([401, undefined])
    expect((await ask(cloud.url, { token, query: `{ note(id: "${id}") { title } }` })).data.note).toEqual({
      title: 'Groceries',
    })
  })
})
