/** The table of the API: method and path → operation, and who may send it. */
import { ApiError } from './api-error.ts'
import { resetPassword } from './operations/apply-code.ts'
import type { Operation } from './operations/define-operation.ts'
import { deleteAccount } from './operations/delete-account.ts'
import { createAuthUri, listAccounts, lookup, passwordPolicy, readProject } from './operations/read-accounts.ts'
import { refresh } from './operations/refresh.ts'
import { listCodes, sendCode } from './operations/send-code.ts'
import { signInWithIdp } from './operations/sign-in-with-idp.ts'
import { signInWithPassword } from './operations/sign-in-with-password.ts'
import { signUp } from './operations/sign-up.ts'
import { update } from './operations/update.ts'

/**
 * Who may send a request: `client` has an API key (any text), `owner` is the project's backend, `local` is a terminal
 * or a page of our own origin.
 */
export type Sender = 'client' | 'owner' | 'local'

/** One row of the table. */
export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly sender: Sender
  readonly operation: Operation
}

const toolkit = '/identitytoolkit.googleapis.com'

function accounts(name: string, operation: Operation): Route {
  return { method: 'POST', path: `${toolkit}/v1/accounts:${name}`, sender: 'client', operation }
}

function asOwner(method: Route['method'], name: string, operation: Operation): Route {
  return { method, path: `${toolkit}/v1/projects/PROJECT/accounts${name}`, sender: 'owner', operation }
}

/** A sign-in method of the real API that is off on the laptop. */
async function off(): Promise<never> {
  throw new ApiError(400, 'OPERATION_NOT_ALLOWED : This sign-in method is off.')
}

const methodsOff = ['sendVerificationCode', 'signInWithCustomToken', 'signInWithEmailLink', 'signInWithPhoneNumber']

/** All routes. `PROJECT` is the id of the project. */
export const routes: readonly Route[] = [
  accounts('signUp', signUp),
  accounts('signInWithPassword', signInWithPassword),
  accounts('signInWithIdp', signInWithIdp),
  accounts('lookup', lookup),
  accounts('update', update),
  accounts('delete', deleteAccount),
  accounts('sendOobCode', sendCode),
  accounts('resetPassword', resetPassword),
  accounts('createAuthUri', createAuthUri),
  ...methodsOff.map((name) => accounts(name, off)),
  { method: 'POST', path: '/securetoken.googleapis.com/v1/token', sender: 'client', operation: refresh },
  { method: 'GET', path: `${toolkit}/v1/projects`, sender: 'client', operation: readProject },
  { method: 'GET', path: `${toolkit}/v2/passwordPolicy`, sender: 'client', operation: passwordPolicy },
  asOwner('POST', '', signUp),
  asOwner('POST', ':lookup', lookup),
  asOwner('POST', ':update', update),
  asOwner('POST', ':delete', deleteAccount),
  asOwner('POST', ':sendOobCode', sendCode),
  asOwner('GET', ':batchGet', listAccounts),
  { method: 'GET', path: '/emulator/v1/projects/PROJECT/oobCodes', sender: 'local', operation: listCodes },
]

/** The route of a request. @throws ApiError 404 for an unknown path, 405 for another method */
export function routeOf(projectId: string, method: string, path: string): Route {
  const atPath = routes.filter((route) => route.path.replace('PROJECT', projectId) === path)
  if (atPath.length === 0) throw new ApiError(404, 'Not Found')
  const route = atPath.find((each) => each.method === method)
  if (!route) throw new ApiError(405, 'Method Not Allowed')
  return route
}
