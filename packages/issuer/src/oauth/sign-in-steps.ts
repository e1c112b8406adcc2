/**
 * What happens between an authorization request and its answer: the person signs in at a provider, and consents. The
 * issuer keeps no person signed in: each request is a sign-in of its own, which the pool's own cookie may make silent.
 */
import { text } from 'node:stream/consumers'
import { AppError } from '@fieldnotes/core/error'
import type Provider from 'oidc-provider'
import { errors, type InteractionResults } from 'oidc-provider'
import { codeGrantOf } from '../grants/app-rows.ts'
import { ownRow } from '../grants/client-rows.ts'
import { issuerPaths } from '../metadata.ts'
import { choicePage } from '../pages/choice-page.ts'
import { consentPage } from '../pages/consent-page.ts'
import { type Attempts, attemptsOf, isSame } from '../sign-in/attempt.ts'
import type { SignedInPerson } from '../sign-in/signed-in-person.ts'
import { maxAgeName } from './authorization-query.ts'
import { connect } from './connections.ts'
import { rowOf } from './registered-client.ts'
import { beginningOf, type Outcome, type StepContext, type StepParts, type Visit } from './sign-in-context.ts'
import { storeGrant } from './sign-in-grant.ts'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** The request of an interaction, once it has passed every check of oidc-provider. */
function requestOf({ params, iat }: Interaction) {
  const given = params as Readonly<Record<string, string | undefined>>
  const { client_id, redirect_uri, resource, scope, prompt, provider, [maxAgeName]: maxAge } = given
  const isAnew = String(prompt ?? '').includes('login')
  const isFresh = isAnew || maxAge !== undefined
  return {
    clientId: String(client_id),
    redirectUri: String(redirect_uri),
    target: String(resource),
    scopes: String(scope ?? '').split(' '),
    isFresh,
    /** When the person has to have signed in at the earliest, in seconds since the epoch. */
    signedInSince: isFresh ? iat - (isAnew ? 0 : Number(maxAge)) : 0,
    provider,
  }
}

async function opened({ provider, cookieSecrets }: StepParts, { req, res }: StepContext) {
  const interaction = await provider.interactionDetails(req, res)
  return { interaction, attempts: attemptsOf(interaction.uid, cookieSecrets) }
}

async function finished({ provider }: StepParts, { req, res }: StepContext, result: InteractionResults) {
  return { location: await provider.interactionResult(req, res, result, { mergeWithLastSubmission: false }) }
}

/**
 * Goes to the provider that the request names, or lets the person choose. The product's own apps go to the user pool,
 * unless another person is to sign in.
 */
export async function begin(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempts } = await opened(parts, ctx)
  const { clientId, isFresh, provider } = requestOf(interaction)
  const { isAgain, hasEnded } = beginningOf(ctx)
  const { title, isOwn } = await appOf(parts, clientId)
  const urls = {
    Cognito: await parts.pool.urlOf(attempts[0], isAgain || isFresh),
    Firebase: parts.firebase && parts.mount + issuerPaths.firebase,
  }
  const named = provider ?? (isOwn ? 'Cognito' : undefined)
  const location = isAgain ? undefined : urls[named as keyof typeof urls]
  return location === undefined ? { page: choicePage({ app: title, urls, hasEnded }) } : { location }
}

/** The sign-in of an authorization request. It goes on to the page of consent, whose address has no code. */
export async function requestVisit(parts: StepParts, ctx: StepContext): Promise<Visit> {
  const { interaction, attempts } = await opened(parts, ctx)
  const { scopes, signedInSince } = requestOf(interaction)
  return {
    attempts,
    formLeaves: true,
    start: parts.mount + issuerPaths.signIn,
    signedIn: async (person) => {
      if (person.authTime + skewSeconds < signedInSince) return finished(parts, ctx, oldSignIn)
      if (!scopes.every((scope) => person.scopes.includes(scope))) return finished(parts, ctx, beyondPerson)
      interaction.lastSubmission = { person } as never
      await interaction.persist()
      return { location: parts.mount + issuerPaths.consent }
    },
  }
}

/** Seconds by which the provider's clock may differ. */
const skewSeconds = 10

/** Cognito knows no `max_age`, and a browser can leave `prompt=login` out of its address. */
const oldSignIn = { error: 'login_required', error_description: 'the person has not signed in again' }

const beyondPerson = { error: 'invalid_scope', error_description: 'scope is beyond what the person has' }

function personIn({ lastSubmission }: Interaction): SignedInPerson {
  const { person } = (lastSubmission ?? {}) as { readonly person?: SignedInPerson }
  if (person) return person
  throw new AppError('BAD_USER_INPUT', 'the person has not signed in')
}

/** Shows the page of consent. */
export async function showConsent(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempts } = await opened(parts, ctx)
  const { clientId, redirectUri, scopes } = requestOf(interaction)
  const person = personIn(interaction)
  const { refreshSeconds, ...app } = await appOf(parts, clientId)
  const at = (path: string) => parts.mount + path
  const paths = {
    answer: at(issuerPaths.consent),
    again: `${at(issuerPaths.signIn)}?again`,
    apps: at(issuerPaths.apps),
  }
  const until = person.authTime + refreshSeconds
  const formToken = attempts[0].formTokenFor(person.personId)
  return { page: consentPage({ app, name: person.name, scopes, until, redirectUri, formToken, paths }) }
}

/** Takes the answer of the page once, and goes on with a grant, or with a refusal. */
export async function answer(parts: StepParts, ctx: StepContext): Promise<Outcome> {
  const { interaction, attempts } = await opened(parts, ctx)
  const form = new URLSearchParams(await text(ctx.req))
  await assertForm(parts, interaction, attempts, form)
  if (form.get('answer') !== 'agree') return finished(parts, ctx, { error: 'access_denied' })
  const { clientId, target, scopes } = requestOf(interaction)
  const person = personIn(interaction)
  const { title: name, refreshSeconds } = await appOf(parts, clientId)
  const granted = { clientId, target, scopes, expiresAt: person.authTime + refreshSeconds }
  const grant = await storeGrant(parts, person, granted)
  await connect(parts.store, grant, { ...granted, name })
  parts.log('info', 'issuer.consented', { clientId, sub: person.personId, loginId: grant.loginId, target })
  const login = { accountId: person.personId, ts: person.authTime, remember: false }
  return finished(parts, ctx, { login, consent: { grantId: String(grant.jti) } })
}

/** @throws BAD_USER_INPUT for a form that is not of this sign-in and this person, and for one that was sent before */
async function assertForm(
  { takeOnce, store }: StepParts,
  interaction: Interaction,
  attempts: Attempts,
  form: URLSearchParams,
) {
  const { uid, exp } = interaction
  const { personId } = personIn(interaction)
  const isOurs = attempts.some(({ formTokenFor }) => isSame(form.get('token'), formTokenFor(personId)))
  if (!isOurs) throw new AppError('BAD_USER_INPUT', 'the form has another token')
  if (!(await takeOnce('consent', uid, exp ?? store.clock() / 1000)))
    throw new AppError('BAD_USER_INPUT', 'the form was sent before')
}

/** The app of a client, by its row. @throws UnauthorizedClient for one in which no person signs in */
async function appOf({ provider }: StepParts, clientId: string) {
  const client = await provider.Client.find(clientId)
  const row = client && rowOf(client)
  const code = row && codeGrantOf(row)
  if (!code) throw new errors.UnauthorizedClient('the client has no sign-in')
  return { title: code.title, refreshSeconds: code.refreshSeconds, isOwn: ownRow(clientId) !== undefined }
}
