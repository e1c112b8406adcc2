/**
 * Comes back from a provider with a person: from the user pool by its callback, from Firebase by a form of our page.
 */
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import { issuerPaths } from '../metadata.ts'
import { firebasePage } from '../pages/firebase-page.ts'
import { firebaseScript } from '../pages/firebase-script.ts'
import { isSame } from '../sign-in/attempt.ts'
import type { FirebaseSignIns } from '../sign-in/firebase-sign-ins.ts'
import { appsQuery, appsVisit } from './connected-apps-steps.ts'
import type { Outcome, StepContext, StepParts, Visit } from './sign-in-context.ts'
import { requestVisit } from './sign-in-steps.ts'

/** Comes back from the user pool. Two sign-ins of one browser differ in their `state`. */
export async function comeBack(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const given = new URLSearchParams(ctx.querystring).get('state')
  const attemptIn = ({ attempts }: Visit) => attempts.find(({ state }) => isSame(given, state))
  const apps = appsVisit(parts, ctx)
  const visit = apps && attemptIn(apps) ? apps : await requestVisit(parts, ctx)
  const attempt = attemptIn(visit) ?? visit.attempts[0]
  try {
    return await visit.signedIn(await parts.pool.personOf(ctx.querystring, attempt))
  } catch (error) {
    return startedAgain(parts, { visit, requestId: ctx.get('x-request-id') }, error)
  }
}

/** A sign-in that has come back. */
interface Returned {
  readonly visit: Visit
  readonly requestId: string
}

/**
 * The cookie of the user pool outlives a sign-out everywhere, and signs in with what has ended. The person then signs
 * in anew. @throws every other error
 */
function startedAgain({ log }: StepParts, { visit, requestId }: Returned, error: unknown): Outcome {
  if (!(error instanceof AppError) || error.code !== 'UNAUTHENTICATED') throw error
  log('info', 'issuer.sign_in_refused', { requestId, path: issuerPaths.callback, reason: error.reason })
  return { location: `${visit.start}?ended` }
}

async function firebaseVisit(parts: StepParts, ctx: StepContext): Promise<Visit> {
  if (ctx.querystring !== appsQuery) return requestVisit(parts, ctx)
  const visit = appsVisit(parts, ctx)
  if (visit) return visit
  throw new AppError('BAD_USER_INPUT', 'the sign-in was not begun here')
}

function firebaseOf({ firebase }: StepParts): FirebaseSignIns {
  if (firebase) return firebase
  throw new AppError('NOT_FOUND', 'people of Firebase do not sign in here')
}

/** Shows the page on which a person of Firebase signs in. */
export async function showFirebase(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { url } = firebaseOf(parts)
  const { attempts, formLeaves } = await firebaseVisit(parts, ctx)
  const at = parts.mount + issuerPaths.firebase
  const paths = {
    script: parts.mount + issuerPaths.firebaseScript,
    form: ctx.querystring === appsQuery ? `${at}?${appsQuery}` : at,
  }
  return { page: firebasePage({ url, paths, formToken: attempts[0].signInToken, formLeaves }) }
}

/** The script of that page. */
export async function sendFirebaseScript(): Promise<Outcome> {
  return { script: firebaseScript }
}

/** Takes the ID token of that page, once, in the browser that has begun the sign-in. */
export async function takeFirebase(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const firebase = firebaseOf(parts)
  const visit = await firebaseVisit(parts, ctx)
  const form = new URLSearchParams(await text(ctx.req))
  if (!visit.attempts.some(({ signInToken }) => isSame(form.get('token'), signInToken)))
    throw new AppError('BAD_USER_INPUT', 'the form has another token')
  return visit.signedIn(await firebase.personOf(form.get('id_token') ?? ''))
}
