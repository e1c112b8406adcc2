/** Steps of a sign-in: what each gets, and where it leads. */
import type { Log } from '@fieldnotes/core/log'
import type Provider from 'oidc-provider'
import type { Page } from '../pages/sheet.ts'
import type { Attempts } from '../sign-in/attempt.ts'
import type { TakeOnce } from '../sign-in/id-token-use.ts'
import type { SignIns } from '../sign-in/open-sign-ins.ts'
import type { SignedInPerson } from '../sign-in/signed-in-person.ts'
import type { ModelStore } from './model-store.ts'

/** What the steps need. */
export interface StepParts extends Pick<SignIns, 'cookieSecrets' | 'firebase' | 'pool'> {
  readonly provider: Provider
  readonly takeOnce: TakeOnce
  readonly store: ModelStore
  /** Path of the issuer at its host. */
  readonly mount: string
  readonly log: Log
}

/** The part of Koa's context that is used. */
export type StepContext =
  Parameters<Provider['interactionDetails']> extends [infer Req, infer Res]
    ? {
        readonly req: Req
        readonly res: Res
        readonly querystring: string
        readonly cookies: Cookies
        /** A header of the request. */
        readonly get: (name: string) => string
      }
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

/**
 * Queries of another sign-in, although the browser is signed in at the provider: the person is another one, or that
 * sign-in has ended.
 */
const againQueries: readonly string[] = ['again', 'ended']

/** Whether another sign-in is to begin, and whether an earlier one has ended. */
export function beginningOf({ querystring }: Pick<StepContext, 'querystring'>) {
  return { isAgain: againQueries.includes(querystring), hasEnded: querystring === 'ended' }
}

/** A sign-in that a browser has begun, for an app's request or for the page of connected apps. */
export interface Visit {
  readonly attempts: Attempts
  /** Whether a form of this sign-in may lead to an app. */
  readonly formLeaves: boolean
  /** Address at which another sign-in begins, with the query `again` or `ended`. */
  readonly start: string
  /** Goes on with the person who has signed in. */
  readonly signedIn: (person: SignedInPerson) => Promise<Outcome>
}
