/**
 * What happens between an authorization request and its answer: the person signs in at the user pool, and consents. The
 * issuer keeps no person signed in: each request is a sign-in of its own, which the pool's own cookie may make silent.
 */
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import type { Log } from '@fieldnotes/core/log'
import type Provider from 'oidc-provider'
import { errors, type InteractionResults } from 'oidc-provider'
import { codeGrantOf } from '../grants/app-rows.ts'
import { issuerPaths } from '../metadata.ts'
import { consentPage } from '../pages/consent-page.ts'
import type { Page } from '../pages/sheet.ts'
import { type Attempt, attemptOf, isSame } from '../sign-in/attempt.ts'
import type { PersonAtPool, PoolSignIns } from '../sign-in/pool-sign-ins.ts'
import { connect } from './connections.ts'
import type { ModelStore } from './model-store.ts'
import { rowOf } from './registered-client.ts'
import type { TakeOnce } from './sign-in-exchange.ts'
import { storeGrant } from './sign-in-grant.ts'

/** What the steps need. */
export interface StepParts {
  readonly provider: Provider
  readonly pool: PoolSignIns
  readonly cookieSecret: string
  readonly takeOnce: TakeOnce
  /** Where connected apps are listed. */
  readonly store: ModelStore
  /** Path of the issuer at its host. */
  readonly mount: string
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly log: Log
}

/** The part of Koa's context that is read. */
export type StepContext =
  Parameters<Provider['interactionDetails']> extends [infer Req, infer Res]
    ? { readonly req: Req; readonly res: Res; readonly querystring: string }
    : never

/** Where a step leads: to an address, or to a page. */
export type Outcome = { readonly location: string } | { readonly page: Page }

/** A step. @throws AppError; errors of oidc-provider */
export type Step = (parts: StepParts, ctx: StepContext) => Promise<Outcome>

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** The request of an interaction, once it has passed every check of oidc-provider. */
function requestOf({ params }: Interaction) {
  const { client_id, redirect_uri, resource, scope, prompt } = params as Readonly<Record<string, string | undefined>>
  return {
    clientId: String(client_id),
    redirectUri: String(redirect_uri),
    target: String(resource),
    scopes: String(scope ?? '').split(' '),
    isFresh: String(prompt ?? '').includes('login'),
  }
}

async function opened({ provider, cookieSecret }: StepParts, { req, res }: StepContext) {
  const interaction = await provider.interactionDetails(req, res)
  return { interaction, attempt: attemptOf(interaction.uid, cookieSecret) }
}

async function finished({ provider }: StepParts, { req, res }: StepContext, result: InteractionResults) {
  return { location: await provider.interactionResult(req, res, result, { mergeWithLastSubmission: false }) }
}

/** Goes to the user pool. */
export async function begin(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempt } = await opened(parts, ctx)
  const isAgain = ctx.querystring === 'again' || requestOf(interaction).isFresh
  return { location: await parts.pool.urlOf(attempt, isAgain) }
}

/** Comes back from the user pool, and goes on to the page of consent, whose address has no code. */
export async function comeBack(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempt } = await opened(parts, ctx)
  const person = await parts.pool.personOf(ctx.querystring, attempt)
  const { scopes } = requestOf(interaction)
  if (!scopes.every((scope) => person.scopes.includes(scope)))
    return finished(parts, ctx, { error: 'invalid_scope', error_description: 'scope is beyond what the person has' })
  interaction.lastSubmission = { person } as never
  await interaction.persist()
  return { location: parts.mount + issuerPaths.consent }
}

function personIn({ lastSubmission }: Interaction): PersonAtPool {
  const { person } = (lastSubmission ?? {}) as { readonly person?: PersonAtPool }
  if (person) return person
  throw new AppError('BAD_USER_INPUT', 'the person has not signed in')
}

/** Shows the page of consent. */
export async function showConsent(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempt } = await opened(parts, ctx)
  const { clientId, redirectUri, scopes } = requestOf(interaction)
  const person = personIn(interaction)
  const { title, refreshSeconds } = await appOf(parts, clientId)
  const paths = {
    answer: parts.mount + issuerPaths.consent,
    again: `${parts.mount}${issuerPaths.signIn}?again`,
  }
  const until = person.authTime + refreshSeconds
  const formToken = attempt.formTokenFor(person.personId)
  const content = { app: title, name: person.name, scopes, until, redirectUri, formToken, paths }
  return { page: consentPage(content) }
}

/** Takes the answer of the page once, and goes on with a grant, or with a refusal. */
export async function answer(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempt } = await opened(parts, ctx)
  const form = new URLSearchParams(await text(ctx.req))
  await assertForm(parts, interaction, attempt, form)
  if (form.get('answer') !== 'agree') return finished(parts, ctx, { error: 'access_denied' })
  const { clientId, target, scopes } = requestOf(interaction)
  const person = personIn(interaction)
  const { title: name, refreshSeconds } = await appOf(parts, clientId)
  const granted = { clientId, target, scopes, expiresAt: person.authTime + refreshSeconds }
  const grant = await storeGrant(parts.provider, person, granted)
  await connect(parts.store, grant, { ...granted, name })
  parts.log('info', 'issuer.consented', { clientId, sub: person.personId, loginId: grant.loginId, target })
  const login = { accountId: person.personId, ts: person.authTime, remember: false }
  return finished(parts, ctx, { login, consent: { grantId: String(grant.jti) } })
}

/** @throws BAD_USER_INPUT for a form that is not of this sign-in and this person, and for one that was sent before */
async function assertForm(
  { takeOnce, clock }: StepParts,
  interaction: Interaction,
  { formTokenFor }: Attempt,
  form: URLSearchParams,
) {
  const { uid, exp } = interaction
  const expected = formTokenFor(personIn(interaction).personId)
  if (!isSame(form.get('token'), expected)) throw new AppError('BAD_USER_INPUT', 'the form has another token')
  if (!(await takeOnce('consent', uid, exp ?? clock() / 1000)))
    throw new AppError('BAD_USER_INPUT', 'the form was sent before')
}

async function appOf({ provider }: StepParts, clientId: string) {
  const client = await provider.Client.find(clientId)
  const row = client && rowOf(client)
  const code = row && codeGrantOf(row)
  if (code) return code
  throw new errors.UnauthorizedClient('the client has no sign-in')
}
