/** The local user pool, put together: OAuth endpoints, pages, the API for the AWS CLI, and the second provider. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import type { JWK } from 'jose'
import { createGoogle, type GoogleClient } from '../google/google.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import { splitTarget } from '../pages/requests.ts'
import { wordsOf } from '../usage-error.ts'
import { answerCall, apiPaths, apiPrefix } from './api/api.ts'
import { type ApiTokens, createApiTokens } from './api/api-tokens.ts'
import { createCalls } from './api/calls.ts'
import { clientSecret, cookieKey } from './clients.ts'
import { createGoogleSignIn } from './google-sign-in.ts'
import type { Progress } from './hosted/visit.ts'
import { endSignIns } from './people/end-sign-ins.ts'
import { createExpiringMap } from './people/expiring-map.ts'
import { createForgottenPassword } from './people/forgotten-password.ts'
import { openPeople, type People } from './people/people.ts'
import type { Person } from './people/pool-person.ts'
import { type Proof, personOf } from './people/proof.ts'
import { seedPeople } from './people/seeds.ts'
import { createSignIn } from './people/sign-in.ts'
import { createSignUp } from './people/sign-up.ts'
import { type Answer, createRoutes, type RouteParts } from './pool-routes.ts'
import { createProvider } from './provider.ts'
import { openModels } from './stored-models.ts'

/** What a pool is created from. */
export interface PoolSettings {
  /** `http://127.0.0.1:4000`. */
  readonly origin: string
  readonly issuer: string
  readonly privateJwk: JWK
  /** A secret of the data folder, from which keys of cookies and secrets of clients are derived. */
  readonly folderSecret: string
  /** Where people and sign-ins are stored; undefined to keep them in memory. */
  readonly folder: string | undefined
  readonly mailbox: Mailbox
  readonly log: Log
}

/** Answers a request, or returns false for a path that is not its own. */
export type PoolHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** The pool as a client of the second provider. */
function googleClient({ issuer, folderSecret }: PoolSettings): GoogleClient {
  return { id: 'user-pool', secret: cookieKey(folderSecret), redirectUri: `${issuer}/oauth2/idpresponse` }
}

function partsOf(settings: PoolSettings, people: People): RouteParts {
  const { origin, issuer, privateJwk, folderSecret, folder, mailbox, log } = settings
  const isCurrent = (proof: Proof): boolean => personOf(proof, people.bySub) !== undefined
  const models = openModels(folder && join(folder, 'pool-sign-ins.json'), isCurrent)
  const secrets = { cookieKey: cookieKey(folderSecret), secretOf: (id: string) => clientSecret(folderSecret, id) }
  const resource = `${origin}/graphql`
  const provider = createProvider({ issuer, resource, privateJwk, ...secrets, people, models })
  provider.on('server_error', (_ctx, error) => log('error', 'pool', { cause: wordsOf(error) }))
  const [signUp, signIn] = [createSignUp(people, mailbox), createSignIn(people)]
  const changed = (person: Person): void => {
    models.endSignIns(person.sub)
    signIn.forgetFailures(person)
  }
  return {
    issuer,
    provider,
    people,
    models,
    signIn,
    signUp,
    forgotten: createForgottenPassword(people, mailbox, changed),
    progress: createExpiringMap<Progress>({ lifeSeconds: 3600 }),
    google: createGoogleSignIn(`${origin}/google`, googleClient(settings), signUp),
    tokens: createApiTokens({ issuer, privateJwk, provider, people, models }),
  }
}

/** The pool while it runs. */
export interface Pool {
  readonly answer: PoolHandler
  /** `AdminUserGlobalSignOut`: ends every session and every refresh token of a person, if the pool knows them. */
  readonly endSignIns: (sub: string) => void
  readonly isCurrent: ApiTokens['isCurrent']
}

/** Loads people and sign-ins, and creates the pool. @throws UsageError for a stored file that can't be read */
export async function createPool(settings: PoolSettings): Promise<Pool> {
  const { origin, issuer, folder, folderSecret, log } = settings
  const parts = partsOf(settings, await openPeople(folder && join(folder, 'pool-people.json'), seedPeople))
  const calls = createCalls(parts)
  /** The second provider begins with a new key, which takes a moment. */
  const google = loadOnce(() => {
    const keys = { client: googleClient(settings), cookieKey: cookieKey(folderSecret) }
    return createGoogle({ issuer: `${origin}/google`, ...keys, adapterOf: openModels(undefined).adapterOf, log })
  })
  const routeAt = createRoutes(parts)
  const mount = new URL(issuer).pathname

  function answerAt(path: string, method: string): Answer | undefined {
    if (apiPaths.includes(path) && method === 'POST')
      return (request, response) => answerCall({ calls, prefix: apiPrefix, log }, request, response)
    return path.startsWith(`${mount}/`) ? routeAt(path.slice(mount.length), method) : undefined
  }

  return {
    answer: async (request, response) => {
      const { path, query } = splitTarget(request)
      if (path.startsWith('/google/')) return (await google())(request, response)
      const answer = answerAt(path, request.method ?? '')
      if (!answer) return false
      await answer(request, response, query)
      return true
    },
    endSignIns: (sub) => endSignIns(parts, sub),
    isCurrent: parts.tokens.isCurrent,
  }
}
