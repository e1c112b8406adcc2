/** The Firebase-shaped sign-in on a free port, with a clock that tests set. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openAccountsFile } from '../../src/firebase/accounts-file.ts'
import { firebaseSignIn } from '../../src/firebase/sign-in.ts'
import { issuerNamed, issuersAt, mint } from '../../src/issuers/local-issuers.ts'
import { createKeys } from '../../src/issuers/signing-keys.ts'
import { listen } from '../../src/listen.ts'
import type { Mail } from '../../src/mailbox/mailbox.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** An answer of the API. `message` is that of an error. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: its shape is that of the operation
  readonly body: any
  readonly message: string | undefined
}

/** Minutes after the start of the test. */
type SetClock = (minutes: number) => void

const keys = await createKeys()
const start = Date.UTC(2026, 10, 26, 12)

/** Headers of the project's backend. */
export const owner = { authorization: 'Bearer owner' }

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  const body = text.startsWith('{') ? JSON.parse(text) : text
  return { status: response.status, headers: response.headers, body, message: body?.error?.message }
}

/** `firebase.json` of a new data folder, made once: three passwords take a while to hash. */
export const seeded = JSON.stringify((await openAccountsFile(undefined, start)).stored)

/** A data folder with alice, bob and carol. */
export function seededFolder(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'firebase.json'), seeded)
  return folder
}

/** Starts the sign-in on a data folder. */
export async function startFirebase(folder: string = seededFolder()) {
  const { url, serve, stop } = await listen(0)
  onTestFinished(stop)
  let now = start
  const setClock: SetClock = (minutes) => {
    now = start + minutes * 60_000
  }
  const mails: Mail[] = []
  const logged: unknown[] = []
  const issuer = issuerNamed(issuersAt(url, keys), 'firebase')
  const { site } = firebaseSignIn({
    ...{ origin: url, issuer, folder, now: () => now },
    log: (...line) => void logged.push(line),
    deliver: (mail) => void mails.push(mail),
  })
  serve(async (request, response) => {
    if (!(await site(request, response))) response.writeHead(418).end()
  })
  const request = async (path: string, init?: RequestInit) => answerOf(await fetch(url + path, init))
  const post = (path: string, body: unknown, headers = {}) =>
    request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const toolkit = '/identitytoolkit.googleapis.com/v1'
  return {
    ...{ url, issuer, mails, logged, request, post, setClock, stop },
    /** An operation as a client sends it. */
    call: (name: string, body: unknown, headers = {}) => post(`${toolkit}/accounts:${name}?key=any`, body, headers),
    /** An operation of the project's backend. */
    administer: (name: string, body: unknown) =>
      post(`${toolkit}/projects/demo-fieldnotes/accounts${name}`, body, owner),
    refresh: (refreshToken: string) =>
      request('/securetoken.googleapis.com/v1/token?key=any', {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      }),
    /** A token as the token command prints it. */
    mintFor: (person: string, claims = {}) => {
      const issuedAt = Math.floor(now / 1000)
      return mint(issuer, { person, issuedAt, expiresAt: issuedAt + 3600, groups: [] }, claims)
    },
  }
}

/** A running sign-in. */
export type Firebase = Awaited<ReturnType<typeof startFirebase>>

const popup = {
  providerId: 'google.com',
  authType: 'signInViaPopup',
  apiKey: 'any',
  appName: '[DEFAULT]',
  eventId: 'e',
}

/** The window in which a person selects a Google account, as the SDK opens it, with changed parameters. */
export function handlerWith(changes: Readonly<Record<string, string>> = {}): string {
  return `/emulator/auth/handler?${new URLSearchParams({ ...popup, ...changes })}`
}

/** Selects an account on the page of Google: the address that it hands to the app. */
export async function selectGoogle({ request }: Firebase, email: string, name: string): Promise<string> {
  const body = new URLSearchParams({ email, name })
  const page = await request(handlerWith(), { method: 'POST', body })
  const [, event = ''] = /data-event="([^"]*)"/.exec(page.body) ?? []
  return JSON.parse(event.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).urlResponse
}

/** The code in the last mail. */
export function lastCode({ mails }: Firebase): string {
  return new URL(mails.at(-1)?.link ?? 'x:').searchParams.get('oobCode') ?? ''
}

/** A member of the examples. */
export const alice = { email: 'alice@firebase.example', password: 'fieldnotes-alice' }

/** A new person. */
export const dora = { email: 'dora@example.com', password: 'correct horse' }
