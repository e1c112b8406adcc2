/** Steps of a sign-in: what each gets, and where it leads. */
import type { Log } from '@fieldnotes/core/log'
import type Provider from 'oidc-provider'
import type { Page } from '../pages/sheet.ts'
import type { Attempt } from '../sign-in/attempt.ts'
import type { TakeOnce } from '../sign-in/id-token-use.ts'
import type { SignIns } from '../sign-in/open-sign-ins.ts'
import type { SignedInPerson } from '../sign-in/signed-in-person.ts'
import type { ModelStore } from './model-store.ts'

/** What the steps need. */
export interface StepParts extends Pick<SignIns, 'firebase' | 'pool'> {
  readonly provider: Provider
  readonly cookieSecret: string
  readonly takeOnce: TakeOnce
  readonly store: ModelStore
  /** Path of the issuer at its host. */
  readonly mount: string
  readonly log: Log
}

/** The part of Koa's context that is used. */
export type StepContext =
  Parameters<Provider['interactionDetails']> extends [infer Req, infer Res]
    ? { readonly req: Req; readonly res: Res; readonly querystring: string; readonly cookies: Cookies }
    : never

/** Cookies of the browser, as Koa reads and sets them. */
interface Cookies {
  readonly get: (name: string, options: { readonly signed: true }) => string | undefined
  readonly set: (name: string, value: string, options: object) => unknown
}

/** Where a step leads: to an address, to a page, or to the script of a page. */
export type Outcome = { readonly location: string } | { readonly page: Page } | { readonly script: string }

/** A step. @throws AppError; errors of oidc-provider */
export type Step = (parts: StepParts, ctx: StepContext) => Promise<Outcome>

/** A sign-in that a browser has begun, for an app's request or for the page of connected apps. */
export interface Visit {
  readonly attempt: Attempt
  /** Origin to which a form of this sign-in may lead, beside our own. */
  readonly formTarget?: string
  /** Goes on with the person who has signed in. */
  readonly signedIn: (person: SignedInPerson) => Promise<Outcome>
}
