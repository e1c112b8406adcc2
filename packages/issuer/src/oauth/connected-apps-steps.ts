/**
 * The page of connected apps. The person signs in for it, and it works for 10 minutes after that: the browser has a
 * signed cookie with a random id, and the table the person under the digest of that id.
 */
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import { endConnectedApp, listConnectedApps } from '@fieldnotes/table/connected-apps'
import { hasEnded } from '@fieldnotes/table/lasting-ends'
import { issuerName } from '../clients/stored-clients.ts'
import { issuerPaths } from '../metadata.ts'
import { appsPage } from '../pages/apps-page.ts'
import { choicePage } from '../pages/choice-page.ts'
import { type Attempt, attemptsOf, isSame } from '../sign-in/attempt.ts'
import type { SignedInPerson } from '../sign-in/signed-in-person.ts'
import { modelAdapter } from './model-store.ts'
import { beginningOf, type Outcome, type StepContext, type StepParts, type Visit } from './sign-in-context.ts'

/** Query of the page of Firebase for this sign-in. */
export const appsQuery = 'apps'

const cookieName = '__Host-oauth-apps'
const visitSeconds = 600
const attributes = { signed: true, httpOnly: true, secure: true, sameSite: 'lax', path: '/', overwrite: true }

/** Gives the browser a new id. */
function newId(ctx: StepContext): string {
  const id = randomBytes(32).toString('base64url')
  ctx.cookies.set(cookieName, id, { ...attributes, maxAge: visitSeconds * 1000 })
  return id
}

function idOf({ cookies }: StepContext): string | undefined {
  return cookies.get(cookieName, { signed: true })
}

function visitsOf({ store }: StepParts) {
  return modelAdapter('Interaction', store)
}

/** The sign-in that this browser has begun for the page. The page gets another id: what is signed in was never seen. */
export function appsVisit(parts: StepParts, ctx: StepContext): Visit | undefined {
  const id = idOf(ctx)
  if (id === undefined) return undefined
  return {
    attempts: attemptsOf(id, parts.cookieSecrets),
    formLeaves: false,
    start: parts.mount + issuerPaths.apps,
    signedIn: async (person) => {
      await visitsOf(parts).upsert(newId(ctx), { kind: 'ConnectedApps', person }, visitSeconds)
      return { location: parts.mount + issuerPaths.apps }
    },
  }
}

/** A person who has signed in for the page, in this browser. */
interface Visitor {
  readonly id: string
  readonly person: SignedInPerson
}

/** @throws UNAVAILABLE */
async function visitorOf(parts: StepParts, ctx: StepContext): Promise<Visitor | undefined> {
  const id = idOf(ctx)
  if (id === undefined) return undefined
  const { kind, person } = ((await visitsOf(parts).find(id)) ?? {}) as { kind?: string; person?: SignedInPerson }
  if (kind !== 'ConnectedApps' || !person) return undefined
  const { personId, loginId, authTime } = person
  const signIn = { personId, loginId, authTime, clientId: cookieName, issuer: issuerName }
  return (await hasEnded(parts.store.table(), signIn)) ? undefined : { id, person }
}

/** Shows the apps of the person who has signed in for it, or has a person sign in. */
export async function showApps(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const visitor = beginningOf(ctx).isAgain ? undefined : await visitorOf(parts, ctx)
  if (!visitor) return begin(parts, ctx)
  const form = parts.mount + issuerPaths.apps
  const apps = await appsOf(parts, visitor)
  return { page: appsPage({ name: visitor.person.name, apps, paths: { form, again: `${form}?again` } }) }
}

async function begin(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const beginning = beginningOf(ctx)
  const [attempt] = attemptsOf(newId(ctx), parts.cookieSecrets)
  const Firebase = parts.firebase && `${parts.mount}${issuerPaths.firebase}?${appsQuery}`
  const urls = { Cognito: await parts.pool.urlOf(attempt, beginning.isAgain), Firebase }
  return { page: choicePage({ urls, hasEnded: beginning.hasEnded }) }
}

/** The live apps of a person, each with the token of its form, which is of this visit and of this connection. */
async function appsOf({ store, cookieSecrets }: StepParts, { id, person: { personId } }: Visitor) {
  const apps = await listConnectedApps(store.table(), personId, store.clock())
  const attempts = attemptsOf(id, cookieSecrets)
  return apps.map((app) => {
    const tokenOf = ({ formTokenFor }: Attempt) => formTokenFor(`${personId} ${app.clientId} ${app.since}`)
    const isFormToken = (given: unknown) => attempts.some((attempt) => isSame(given, tokenOf(attempt)))
    return { ...app, formToken: tokenOf(attempts[0]), isFormToken }
  })
}

/** Ends one app, as `revokeApp` of the API does. The form counts once, in the browser of the sign-in. */
export async function endApp(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const visitor = await visitorOf(parts, ctx)
  if (!visitor) throw new AppError('BAD_USER_INPUT', 'the person has not signed in')
  const form = new URLSearchParams(await text(ctx.req))
  const app = (await appsOf(parts, visitor)).find(({ clientId }) => clientId === form.get('client_id'))
  if (!app?.isFormToken(form.get('token'))) throw new AppError('BAD_USER_INPUT', 'no such form')
  const { clientId } = app
  const { personId } = visitor.person
  const ended = await endConnectedApp(parts.store.table(), { personId, clientId }, parts.store.clock())
  if (!ended) throw new AppError('BAD_USER_INPUT', 'the app was ended before')
  parts.log('info', 'issuer.app_ended', { clientId, sub: personId })
  return { location: parts.mount + issuerPaths.apps }
}
