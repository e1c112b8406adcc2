/** The addresses between an authorization request and its answer, as Koa middleware in front of oidc-provider. */
import { AppError } from '@fieldnotes/core/error'
import { errors } from 'oidc-provider'
import { issuerPaths } from '../metadata.ts'
import { refusalPage } from '../pages/consent-page.ts'
import { type Page, pageHeaders, pageText } from '../pages/sheet.ts'
import { rootCause } from '../root-cause.ts'
import { endApp, showApps } from './connected-apps-steps.ts'
import type { Outcome, Step, StepContext, StepParts } from './sign-in-context.ts'
import { answer, begin, showConsent } from './sign-in-steps.ts'
import { comeBack, sendFirebaseScript, showFirebase, takeFirebase } from './sign-in-visits.ts'

/** The part of Koa's context that is written. */
interface PageContext {
  readonly method: string
  readonly path: string
  status: number
  body: unknown
  readonly get: (name: string) => string
  readonly set: (headers: Readonly<Record<string, string>>) => void
}

const steps: Readonly<Record<string, Step>> = {
  [`GET ${issuerPaths.signIn}`]: begin,
  [`GET ${issuerPaths.firebase}`]: showFirebase,
  [`POST ${issuerPaths.firebase}`]: takeFirebase,
  [`GET ${issuerPaths.firebaseScript}`]: sendFirebaseScript,
  [`GET ${issuerPaths.callback}`]: comeBack,
  [`GET ${issuerPaths.consent}`]: showConsent,
  [`POST ${issuerPaths.consent}`]: answer,
  [`GET ${issuerPaths.apps}`]: showApps,
  [`POST ${issuerPaths.apps}`]: endApp,
}

/** The middleware. Every refusal is a page that leads nowhere, and repeats nothing that was sent. */
export function signInPages(parts: StepParts) {
  return async (ctx: PageContext & StepContext, next: () => Promise<void>): Promise<void> => {
    const key = `${ctx.method} ${ctx.path}`
    const step = Object.hasOwn(steps, key) ? steps[key] : undefined
    try {
      if (ctx.path === issuerPaths.authorization) assertMode(ctx.querystring)
      if (!step) return await next()
      send(ctx, await step(parts, ctx))
    } catch (error) {
      refuse(ctx, error, parts)
    }
  }
}

/**
 * Answers are in the query of the address. oidc-provider would refuse another mode by that very mode: for
 * `form_post` by a page with a script.
 */
function assertMode(query: string): void {
  const modes = new URLSearchParams(query).getAll('response_mode')
  if (modes.some((mode) => mode !== 'query')) throw new AppError('BAD_USER_INPUT', 'another response_mode')
}

function send(ctx: PageContext, outcome: Outcome): void {
  if ('page' in outcome) sendPage(ctx, 200, outcome.page)
  else if ('script' in outcome) sendScript(ctx, outcome.script)
  else goOn(ctx, outcome.location)
}

/** A browser may keep the script for 5 minutes, and no page of another origin may have it. */
function sendScript(ctx: PageContext, script: string): void {
  ctx.status = 200
  ctx.set({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=300' })
  ctx.set({ 'cross-origin-resource-policy': 'same-origin' })
  ctx.body = script
}

function goOn(ctx: PageContext, location: string): void {
  ctx.status = 303
  ctx.set({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  ctx.body = ''
}

/** Sends a page. */
export function sendPage(ctx: Pick<PageContext, 'status' | 'body' | 'set'>, status: number, page: Page): void {
  ctx.status = status
  ctx.set(pageHeaders(page))
  ctx.body = pageText(page)
}

function refuse(ctx: PageContext, error: unknown, { log }: StepParts): void {
  const status = statusOf(error)
  const known = { requestId: ctx.get('x-request-id'), path: ctx.path }
  if (status < 500) log('info', 'issuer.sign_in_refused', { ...known, reason: rootCause(error).reason })
  else log('error', 'issuer.failed', { ...known, ...rootCause(error) })
  const isDown = status === 503
  sendPage(ctx, status, refusalPage(isDown ? 'Sign-in does not work right now' : 'This sign-in can’t go on'))
}

const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  LIMIT_EXCEEDED: 429,
  UNAVAILABLE: 503,
}

function statusOf(error: unknown): number {
  if (error instanceof AppError) return statuses[error.code] ?? 500
  return error instanceof errors.OIDCProviderError ? error.statusCode : 500
}
