/** One request for a page of a sign-in that an authorization request has begun. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { finishInteraction } from '../../pages/finish-interaction.ts'
import { type Page, seeOther, sendPage } from '../../pages/page.ts'
import { RequestRefusal } from '../../pages/requests.ts'
import { AccountRefusal } from '../people/account-refusal.ts'
import type { ExpiringMap } from '../people/expiring-map.ts'
import type { ForgottenPassword } from '../people/forgotten-password.ts'
import type { People } from '../people/people.ts'
import type { Proof } from '../people/proof.ts'
import type { SignIn } from '../people/sign-in.ts'
import type { SignUp } from '../people/sign-up.ts'
import type { StoredModels } from '../stored-models.ts'

/** What the pages of the pool use. */
export interface HostedParts {
  readonly issuer: string
  readonly provider: Provider
  readonly people: People
  readonly models: StoredModels
  readonly signIn: SignIn
  readonly signUp: SignUp
  readonly forgotten: ForgottenPassword
  readonly progress: ExpiringMap<Progress>
  readonly google: GoogleSignIn
}

/** How far a sign-in has come, by the id of its interaction. It is known to this process alone. */
export interface Progress {
  /** The sign-up that waits for its code. */
  readonly confirming?: { readonly sub: string; readonly email: string }
  /** The person whose password was right and whose second factor is missing. */
  readonly secondFactorOf?: Proof
  /** The login for which a code of a new password may have been sent. */
  readonly resetting?: string
  /** The password was just changed. */
  readonly changed?: boolean
}

/** Sign-ins at the second provider. */
export interface GoogleSignIn {
  /** Starts a sign-in at the provider: the address to go to. */
  readonly begin: (uid: string) => Promise<string>
  /**
   * The person whom the provider's answer names.
   * @throws AccountRefusal CREDENTIALS_WRONG for an answer that was used, changed, or begun by another sign-in
   */
  readonly finish: (uid: string, answer: URLSearchParams) => Promise<Proof>
  /** The sign-in to which an answer belongs. */
  readonly ownerOf: (state: string | null) => string | undefined
}

/** The request, and where its sign-in is. */
export interface Visit extends HostedParts {
  readonly uid: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly query: URLSearchParams
  /** Parameters of the authorization request. */
  readonly params: Readonly<Record<string, unknown>>
  readonly state: Progress
}

/** Answers a visit. */
export type Step = (visit: Visit) => Promise<void>

/**
 * The address of a page of this sign-in: `''` is the first one. `here` says that a person chose it, so that it does not
 * go on to the page that the app requested.
 */
export function pathOf({ issuer, uid }: Pick<Visit, 'issuer' | 'uid'>, page = ''): string {
  return `${new URL(issuer).pathname}/login/${uid}${page ? `/${page}` : '?here'}`
}

/** Sends a page whose form may end at the app. */
export function show(visit: Visit, page: Page): void {
  sendPage(visit.response, { ...page, formLeaves: true })
}

/** Goes on to another page of this sign-in. */
export function goTo(visit: Visit, page: string, state: Progress = visit.state): void {
  visit.progress.set(visit.uid, state)
  seeOther(visit.response, pathOf(visit, page))
}

/** Ends the pages: the person is signed in, and the browser goes back to the app. */
export async function finish(visit: Visit, { sub, epoch }: Proof): Promise<void> {
  const { provider, request, response, progress, uid } = visit
  progress.delete(uid)
  await finishInteraction(provider, request, response, { accountId: sub, ...(epoch !== undefined && { acr: epoch }) })
}

/** Runs an act on an account. Its refusal goes to `refused`, which shows the page again. */
export async function attempt(act: () => Promise<void>, refused: (refusal: AccountRefusal) => void): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof AccountRefusal)) throw error
    refused(error)
  }
}

/** The visit of a request. @throws RequestRefusal 400 when its sign-in has ended or belongs to another browser */
export async function visitOf(
  parts: HostedParts,
  visit: Pick<Visit, 'uid' | 'request' | 'response' | 'query'>,
): Promise<Visit> {
  const details = await parts.provider.interactionDetails(visit.request, visit.response).catch(() => undefined)
  if (details?.uid !== visit.uid)
    throw new RequestRefusal(400, 'This sign-in has ended. Go back to the app, and start again.')
  return { ...parts, ...visit, params: details.params, state: parts.progress.get(visit.uid) ?? {} }
}
