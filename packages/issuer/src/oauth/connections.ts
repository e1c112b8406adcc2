/** The person's list of apps: an app is listed at the consent, noted at each refresh, and removed with its grant. */
import type { Log } from '@fieldnotes/core/log'
import { connectApp, disconnectGrant, loginsBeyond, useApp } from '@fieldnotes/table/connected-apps'
import { digestOf, parseDigest } from '@fieldnotes/table/digest'
import type { Adapter, KoaContextWithOIDC } from 'oidc-provider'
import { ownRow } from '../grants/client-rows.ts'
import { rootCause } from '../root-cause.ts'
import { endGiven } from './given-tokens.ts'
import { type ModelStore, modelAdapter } from './model-store.ts'
import { answering } from './oauth-errors.ts'
import type { Granted, SignInOfGrant } from './sign-in-grant.ts'

/** What is listed beside the grant. */
interface Named extends Pick<Granted, 'clientId' | 'expiresAt' | 'scopes'> {
  /** What the page of consent calls the app. */
  readonly name: string
}

/** Whose a grant is; undefined for one of the product itself, which is no connected app. */
function connectionOf({ accountId, clientId, loginId, authTime }: Partial<SignInOfGrant>) {
  if (clientId === undefined || ownRow(clientId)) return undefined
  if (accountId === undefined || loginId === undefined || authTime === undefined) return undefined
  return { personId: accountId, clientId, loginId, authTime }
}

/**
 * Lists an app before it gets its code. An eleventh grant ends the oldest one before.
 * @throws LIMIT_EXCEEDED where the app gets several at the same time, an older grant would have to end, and the person
 * has ended too many; UNAVAILABLE
 */
export async function connect(store: ModelStore, grant: SignInOfGrant, named: Named): Promise<void> {
  const connection = connectionOf(grant)
  if (!connection) return
  const { table, clock } = store
  for (const loginId of await loginsBeyond(table(), connection)) {
    // The `loginId` of a third party's grant is the digest of its id.
    const oldest = parseDigest(loginId)
    if (oldest) await endGiven(store, oldest)
    await disconnectGrant(table(), { ...connection, loginId }, clock())
  }
  await connectApp(table(), { ...connection, ...named }, clock())
}

/** The adapter of grants: one that ends is removed from the person's list, and then ends what was given under it. */
export function listedGrants(store: ModelStore): Adapter {
  const grants = modelAdapter('Grant', store)
  return {
    ...grants,
    destroy: async (id) => {
      const connection = connectionOf(((await grants.find(id)) ?? {}) as Partial<SignInOfGrant>)
      await answering(async () => {
        if (connection) await disconnectGrant(store.table(), connection, store.clock())
        await endGiven(store, digestOf(id))
      })
    },
  }
}

/** Koa middleware: notes each refresh of an app. One that can't be noted is logged, and has its token all the same. */
export function noteUses({ table, clock }: ModelStore, log: Log) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const { route, entities, params } = ctx.oidc ?? {}
    if (route !== 'token' || ctx.status !== 200 || params?.grant_type !== 'refresh_token') return
    const connection = connectionOf((entities?.Grant ?? {}) as Partial<SignInOfGrant>)
    if (!connection) return
    await useApp(table(), connection, clock()).catch((error: unknown) => {
      const { clientId } = connection
      log('warn', 'issuer.use_not_noted', { requestId: ctx.get('x-request-id'), clientId, ...rootCause(error) })
    })
  }
}
