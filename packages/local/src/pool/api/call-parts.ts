/** What a call of the user pool's API is, and what calls share. */
import { appClient } from '../clients.ts'
import type { ForgottenPassword } from '../people/forgotten-password.ts'
import type { People } from '../people/people.ts'
import type { SignIn } from '../people/sign-in.ts'
import type { SignUp } from '../people/sign-up.ts'
import type { StoredModels } from '../stored-models.ts'
import type { ApiTokens } from './api-tokens.ts'
import { CallRefusal } from './call-refusal.ts'
import { type Input, text } from './members.ts'

/** What the calls use. */
export interface CallParts {
  readonly people: People
  readonly models: StoredModels
  readonly signIn: SignIn
  readonly signUp: SignUp
  readonly forgotten: ForgottenPassword
  readonly tokens: ApiTokens
}

/** A call. Those of an administrator need a signed request. */
export interface Call {
  readonly signed?: true
  readonly run: (input: Input) => Promise<object>
}

/** Calls by name. */
export type Calls = Readonly<Record<string, Call>>

/** Where a code was sent. The address is left out, so that the answer says nothing about an account. */
export const delivery = { Destination: 'the mailbox', DeliveryMedium: 'EMAIL', AttributeName: 'email' }

/** The app client of a call. @throws CallRefusal ResourceNotFoundException */
export function clientIdOf(input: Input): string {
  const id = text(input, 'ClientId')
  if (appClient(id)?.kind !== 'public')
    throw new CallRefusal('ResourceNotFoundException', 'User pool client does not exist.')
  return id
}
