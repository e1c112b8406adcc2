/** What operations of the API use, and how an operation is defined. */
import type { Mail } from '../../mailbox/mailbox.ts'
import type { Tokens } from '../account-tokens.ts'
import type { Accounts } from '../accounts.ts'
import type { Attempts } from '../attempts.ts'
import type { Choices } from '../choices.ts'
import type { Codes } from '../codes.ts'
import { type Body, type Fields, type Input, parseInput } from '../input.ts'

/** Parts that all operations share. */
export interface Parts {
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly codes: Codes
  readonly attempts: Attempts
  readonly choices: Choices
  readonly deliver: (mail: Mail) => void
  /** Of the local cloud, such as `http://127.0.0.1:4000`. */
  readonly origin: string
  readonly projectId: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The parts, and the rights of the request. */
export interface Context extends Parts {
  /** Whether the project's backend sent the request (`Authorization: Bearer owner`). It may change every account. */
  readonly isOwner: boolean
  /** Whether a page of another origin sent it: an app of another port, or any other page. */
  readonly isForeignPage: boolean
}

/** An operation of the API: resolves to the body of the response. */
export type Operation = (context: Context, body: Body) => Promise<object>

/** An operation with these fields. It receives them parsed. */
export function operation<const F extends Fields>(
  fields: F,
  run: (context: Context, input: Input<F>) => Promise<object> | object,
): Operation {
  return async (context, body) => run(context, parseInput(body, fields))
}
