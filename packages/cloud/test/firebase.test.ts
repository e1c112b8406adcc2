import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { always, type Responder } from '../src/lambda/far-side.ts'
import type { Sandbox } from '../src/lambda/sandbox.ts'
import { ask, createWorld, links, type Response, responseOf, type World } from './world.ts'

const firebaseProject = 'fieldnotes-1234'
const subject = 'subject-of-carol'

/** Google hosts that received a request, in order. */
const hosts: string[] = []
let disabled = false
let world: World
let sandbox: Sandbox
let token: string

function noting(name: string, document: () => unknown): Responder {
  return (request, response) => {
    hosts.push(name)
    always(document())(request, response)
  }
}

beforeAll(async () => {
  world = await createWorld()
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'google', alg: 'RS256', use: 'sig' }]
  sandbox = await world.open('firebase', {
    links: {
      ...links,
      Notes: { ...links.Notes, firebaseProject },
      FirebaseServiceAccount: { value: serviceAccount() },
    },
    services: {
      'www.googleapis.com': noting('keys', () => ({ keys })),
      'oauth2.googleapis.com': noting('credential', () => ({ access_token: 'x', expires_in: 3600 })),
      'identitytoolkit.googleapis.com': noting('account', () => ({ users: [{ localId: subject, disabled }] })),
    },
  })
  token = await new SignJWT({ auth_time: Math.floor(Date.now() / 1000), name: 'Carol' })
    .setProtectedHeader({ alg: 'RS256', kid: 'google' })
    .setIssuer(`https://securetoken.google.com/${firebaseProject}`)
    .setAudience(firebaseProject)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
})

afterAll(() => world.stop())

function serviceAccount(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' })
  return JSON.stringify({ project_id: firebaseProject, client_email: 'a@example.com', private_key: key })
}

async function send(query: string, variables: object = {}): Promise<Response> {
  return responseOf(await sandbox.invoke(ask(query, variables, token)))
}

const create = 'mutation { createNote(input: { title: "Plan" }) { note { id owner { name } } } }'
const erase = 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }'
const trash = 'mutation ($id: ID!) { trashNote(input: { id: $id }) { note { id } } }'

describe('function with a Firebase project', () => {
  it('accepts its users, and checks an account at Google before what can’t be undone, not earlier', async () => {
    const { note } = JSON.parse((await send(create)).body).data.createNote
    expect(note.owner).toEqual({ name: 'Carol' })
    expect((await send(trash, { id: note.id })).statusCode).toBe(200)
    expect(hosts).toEqual(['keys'])

    disabled = true
    expect(await send(erase, { id: note.id })).toMatchObject({ statusCode: 401 })
    expect(hosts).toEqual(['keys', 'credential', 'account'])

    disabled = false
    const { body } = await send(erase, { id: note.id })
    expect(JSON.parse(body).data).toEqual({ deleteNote: { deletedNoteId: note.id } })
    expect(hosts).toEqual(['keys', 'credential', 'account', 'account'])
    expect(sandbox.log).not.toContain('PRIVATE KEY')
  })
})
