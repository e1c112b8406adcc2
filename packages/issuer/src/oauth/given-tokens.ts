/**
 * Codes and tokens that are given under a grant: how they end with it, and which second use of one ends it.
 * oidc-provider ends a grant and what was given under it at the same time, so that a token that a refresh stores
 * meanwhile would live on at the endpoint.
 */
import type { Log } from '@fieldnotes/core/log'
import type { Digest } from '@fieldnotes/table/digest'
import { seconds } from '@fieldnotes/table/instants'
import Provider, { type Adapter, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { rootCause } from '../root-cause.ts'
import type { Received } from './dispatch.ts'
import { removeGrant, removeMembers } from './grant-members.ts'
import { type ModelStore, modelAdapter, noteAnswer, nothing } from './model-store.ts'

/** Models of what is given. */
const givenModels = ['AccessToken', 'AuthorizationCode', 'RefreshToken'] as const

/**
 * Those that are removed with a grant. Refresh tokens stay until they expire, and give nothing without it: an app that
 * has refreshed for months has had more than one request can remove. After a crash, a client that revokes one again
 * ends the rest.
 */
const removedModels: readonly GivenModel[] = ['AccessToken', 'AuthorizationCode']

type GivenModel = (typeof givenModels)[number]

/** Whether instances of a model are given under a grant. */
export function isGiven(name: string): name is GivenModel {
  return givenModels.some((model) => model === name)
}

/** The adapter of what is given. Its instances end with the grant, by `endGiven`. */
export function givenAdapter(name: GivenModel, store: ModelStore): Adapter {
  const adapter = { ...modelAdapter(name, store), destroy: nothing }
  return name === 'AccessToken' ? whileGranted(adapter, store) : usedOnce(adapter)
}

/** Ends the grant of this digest, with what was given under it. @throws UNAVAILABLE: repeat the call */
export async function endGiven({ table, clock }: ModelStore, grant: Digest): Promise<void> {
  await removeGrant(table(), grant)
  for (const model of removedModels) await removeMembers(table(), { grant, model }, seconds(clock()))
}

/**
 * The endpoint looks an access token up without its grant. One that is stored while its grant ends finds no grant
 * afterwards, or is found by `endGiven`.
 */
function whileGranted(tokens: Adapter, store: ModelStore): Adapter {
  return {
    ...tokens,
    upsert: async (id, payload, lifetime) => {
      await tokens.upsert(id, payload, lifetime)
      const { grantId } = payload
      if (grantId === undefined || (await modelAdapter('Grant', store).find(grantId))) return
      await modelAdapter('AccessToken', store).destroy(id)
    },
  }
}

/** A second use of a code or refresh token ends its grant, unless it was received before the first was answered. */
function usedOnce(adapter: Adapter): Adapter {
  return {
    ...adapter,
    find: async (id) => {
      const payload = await adapter.find(id)
      if (payload?.consumed !== undefined && wasReceivedBy(Number(payload.consumed)))
        throw new errors.InvalidGrant('used at the same time')
      return payload
    },
  }
}

/** Koa middleware: notes the answer to a code, or to a refresh token that was replaced. Each later use is a replay. */
export function noteAnswers(store: ModelStore, log: Log) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const { route, entities } = ctx.oidc ?? {}
    const used = entities?.AuthorizationCode ?? entities?.RotatedRefreshToken
    if (route !== 'token' || ctx.status !== 200 || !used) return
    const name = entities?.AuthorizationCode ? 'AuthorizationCode' : 'RefreshToken'
    await noteAnswer(store, name, used.jti).catch((error: unknown) => {
      log('warn', 'issuer.answer_not_noted', { requestId: ctx.get('x-request-id'), ...rootCause(error) })
    })
  }
}

/** Whether the gateway had the request for a token by an instant, in seconds since the epoch: it can't be a replay. */
function wasReceivedBy(instant: number): boolean {
  const { ctx } = Provider
  return ctx?.oidc?.route === 'token' && Number((ctx.req as Received).receivedAt) <= instant
}
