/** The Lambda authorizer of the local cloud's gateway. */
import type { Config } from '@fieldnotes/authorizer/config'
import type { Authorizer } from '@fieldnotes/authorizer/give-verdict'
import { loadOnce } from '@fieldnotes/core/load-once'
import { type Authorizers, lambdaAuthorizer } from './gateway/authorizers.ts'

/** Loads the authorizer, and creates it. */
export type CreateAuthorizer = (config: Config) => Promise<Authorizer>

/** The authorizer, loaded at its first request. Without one, its routes pass without a verdict. */
export function authorizersOf(
  { issuers, resource, access }: Omit<Config, 'gateDenies'>,
  create: CreateAuthorizer | undefined,
): Authorizers {
  if (!create) return { gate: async () => ({ isAuthorized: true, authorizer: {} }) }
  const load = loadOnce(() => create({ issuers, resource, access, gateDenies: false }))
  return { gate: lambdaAuthorizer(async (event) => (await load())(event)) }
}
