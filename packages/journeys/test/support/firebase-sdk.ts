/** The real Firebase SDK at a local cloud. */
import { deleteApp, type FirebaseApp, initializeApp } from '@firebase/app'
import {
  type Auth,
  connectAuthEmulator,
  GoogleAuthProvider,
  initializeAuth,
  inMemoryPersistence,
  type User,
} from '@firebase/auth'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { ask } from './graphql-client.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './local-cloud.ts'

/** A password that the local sign-in accepts. */
export const password = 'correct horse'

/** A credential of Google with these claims. */
export function google(claims: object) {
  return GoogleAuthProvider.credential(JSON.stringify({ email_verified: true, ...claims }))
}

let people = 0

/** An address that no account has yet. */
export function newAddress(): string {
  people += 1
  return `person${people}@example.com`
}

/** Starts a cloud for the tests of a file, and ends it and all connections after them. */
export function useFirebase() {
  const folder = createFolder()
  const apps: FirebaseApp[] = []
  let cloud: LocalCloud
  beforeAll(async () => {
    cloud = await startLocalCloud(folder)
  })
  afterEach(async () => {
    for (const app of apps.splice(0)) await deleteApp(app)
  })
  afterAll(async () => {
    await cloud?.end()
    deleteFolder(folder)
  })
  return {
    cloud: () => cloud,
    async restart(): Promise<void> {
      await cloud.end()
      cloud = await startLocalCloud(folder)
    },
    /** A new connection, on which no one is signed in. */
    connect(): Auth {
      const app = initializeApp({ apiKey: 'any', projectId: 'demo-fieldnotes' }, `app${Math.random()}`)
      apps.push(app)
      const auth = initializeAuth(app, { persistence: inMemoryPersistence })
      connectAuthEmulator(auth, cloud.url, { disableWarnings: true })
      return auth
    },
    /** `me` as the endpoint answers it for the person's token. */
    async me(user: User, refreshed = false) {
      const token = await user.getIdToken(refreshed)
      return ask(cloud.url, { token, query: '{ me { id name email } }' })
    },
    administer: (change: object) => administer(cloud.url, change),
    codeFor: (email: string) => codeFor(cloud.url, email),
  }
}

/** A request of the project's backend. */
async function administer(url: string, change: object): Promise<void> {
  const accounts = `${url}/identitytoolkit.googleapis.com/v1/projects/demo-fieldnotes/accounts`
  const response = await fetch(`${accounts}:update`, {
    method: 'POST',
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  expect(response.status).toBe(200)
}

/** The code that was sent to `email`. */
async function codeFor(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/emulator/v1/projects/demo-fieldnotes/oobCodes`)
  const { oobCodes } = (await response.json()) as {
    oobCodes: { email: string; newEmail?: string; oobCode: string }[]
  }
  return oobCodes.find((code) => (code.newEmail ?? code.email) === email)?.oobCode ?? ''
}
