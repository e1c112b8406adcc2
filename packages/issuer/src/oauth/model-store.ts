/**
 * What oidc-provider stores, in the table `Access`. Everything that may happen once is one conditional write, expiry is
 * judged on each read because DynamoDB deletes late, and nothing scans. A copy of the table has no code, refresh token
 * or cookie: ids are stored as digests alone.
 */
import { isOpaqueToken } from '@fieldnotes/core/verdict'
import { aliasKey, grantMemberKey, type Model, modelKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { isWritten } from '@fieldnotes/table/failures'
import { seconds } from '@fieldnotes/table/instants'
import type { Table } from '@fieldnotes/table/table'
import type { Condition, Item, Key, Write } from '@fieldnotes/table/writes'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { TakeOnce } from '../sign-in/id-token-use.ts'
import { answering } from './oauth-errors.ts'
import { claimsOf } from './opaque-claims.ts'

/** Models of oidc-provider that are stored. Of access tokens those that are opaque are. */
const models: Readonly<Record<Model, true>> = {
  AccessToken: true,
  AuthorizationCode: true,
  DeviceCode: true,
  Grant: true,
  Interaction: true,
  PushedAuthorizationRequest: true,
  RefreshToken: true,
  ReplayDetection: true,
  Session: true,
}

/** The part of the table that is used. */
export type ModelTable = Pick<Table, 'batchGet' | 'get' | 'query' | 'transact' | 'update' | 'write'>

/** Where models are stored. */
export interface ModelStore {
  /** The table with the time that one call may take. */
  readonly table: () => ModelTable
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** `iss` of opaque access tokens. */
  readonly issuer: string
}

function isModel(name: string): name is Model {
  return Object.hasOwn(models, name)
}

/** Models whose instances are JWTs: none is found. */
const unstored: readonly string[] = ['ClientCredentials']

/** For what an adapter leaves to others. */
export async function nothing(): Promise<undefined> {}

const emptyAdapter: Adapter = {
  ...{ upsert: nothing, find: nothing, findByUid: nothing, findByUserCode: nothing, consume: nothing },
  ...{ destroy: nothing, revokeByGrantId: nothing },
}

/** The adapter of one model. @throws Error for a model that has no place in the table */
export function modelAdapter(name: string, { table, clock, issuer }: ModelStore): Adapter {
  if (unstored.includes(name)) return emptyAdapter
  if (!isModel(name)) throw new Error(`the model ${name} is not stored`)
  const now = () => seconds(clock())
  const keyOf = (id: string) => modelKey(name, digestOf(id))
  const read = async (key: Key) => payloadOf(await table().get(key), now())
  return {
    upsert: (id, payload, lifetime) => {
      const [item, ...others] = itemsOf(name, id, payload, now() + (lifetime ?? 0))
      const first = name === 'AccessToken' ? { ...item, claims: claimsOf(payload, id, issuer) } : item
      return answering(() => upsert(table(), [first, ...others], whenWritten(name, now())))
    },
    find: (id) => answering(async () => (mayBe(name, id) ? withId(await read(keyOf(id)), id) : undefined)),
    findByUid: (uid) => answering(async () => readAlias(table(), aliasKey('uid', digestOf(uid)), read)),
    findByUserCode: (code) => answering(async () => readAlias(table(), aliasKey('userCode', digestOf(code)), read)),
    consume: (id) => answering(() => consume(table(), keyOf(id), clock() / 1000)),
    destroy: (id) => answering(() => remove(table(), keyOf(id))),
    // A grant ends with what was given under it, in an order of its own: `given-tokens.ts`.
    revokeByGrantId: nothing,
  }
}

/** Whether a text can be of a model. One that has not the form of an access token needs no read. */
function mayBe(name: Model, id: string): boolean {
  return name !== 'AccessToken' || isOpaqueToken(id)
}

/** The stored payload lacks the id, which is the secret that its holder presents. */
function withId(payload: AdapterPayload | undefined, id: string): AdapterPayload | undefined {
  return payload && { ...payload, jti: id }
}

function payloadOf(item: Item | undefined, now: number): AdapterPayload | undefined {
  if (!item || Number(item.expiresAt) <= now) return undefined
  const payload = JSON.parse(String(item.payload))
  return item.usedAt === undefined ? payload : { ...payload, consumed: answeredAt(item) }
}

/** Seconds after which a use counts as answered whose process has ended before. */
const unansweredSeconds = 10

/** When a code or token was answered that was used: a request that began earlier is no replay. */
function answeredAt(item: Item): number {
  return Number(item.answeredAt ?? Number(item.usedAt) + unansweredSeconds)
}

/** Notes that a code or token that was used is answered. @throws UNAVAILABLE */
export async function noteAnswer({ table, clock }: ModelStore, name: Model, id: string): Promise<void> {
  const set = { answeredAt: clock() / 1000 }
  await isWritten(() => table().write({ update: modelKey(name, digestOf(id)), set, when: [[['exists', 'usedAt']]] }))
}

/** The item of a model, its entry in the grant, and its second ids. */
function itemsOf(model: Model, id: string, payload: AdapterPayload, expiresAt: number): readonly [Item, ...Item[]] {
  const { jti: _secret, ...rest } = payload
  const digest = digestOf(id)
  const key = modelKey(model, digest)
  const { grantId, uid, userCode } = payload
  const alias = (of: Key) => ({ ...of, target: key, expiresAt })
  return [
    { ...key, payload: JSON.stringify(rest), expiresAt },
    ...(grantId ? [{ ...grantMemberKey(digestOf(grantId), model, digest, expiresAt), expiresAt }] : []),
    ...(model === 'Session' && uid ? [alias(aliasKey('uid', digestOf(uid)))] : []),
    ...(userCode ? [alias(aliasKey('userCode', digestOf(userCode)))] : []),
  ]
}

/** A proof or assertion is written once. Nothing else that was used is written again. */
function whenWritten(model: Model, now: number): Condition {
  if (model === 'ReplayDetection') return [[['absent', 'pk']], [['<=', 'expiresAt', now]]]
  return [[['absent', 'usedAt']]]
}

async function upsert(table: ModelTable, [item, ...others]: readonly [Item, ...Item[]], when: Condition) {
  const writes: readonly [Write, ...Write[]] = [{ put: item, when }, ...others.map((put) => ({ put }))]
  await once(() => (others.length === 0 ? table.write(writes[0]) : table.transact(writes)))
}

async function consume(table: ModelTable, key: Key, now: number): Promise<void> {
  const when: Condition = [
    [
      ['exists', 'pk'],
      ['absent', 'usedAt'],
      ['>', 'expiresAt', now],
    ],
  ]
  await once(() => table.write({ update: key, set: { usedAt: now }, when }))
}

/** @throws InvalidGrant for the second of two */
async function once(act: () => Promise<void>): Promise<void> {
  if (!(await isWritten(act))) throw new errors.InvalidGrant('used before')
}

/** Removes an item, if it is there. @throws UNAVAILABLE */
export async function remove(table: ModelTable, key: Key): Promise<void> {
  // Where the condition does not hold, it was removed before.
  await isWritten(() => table.write({ remove: key, when: [[['exists', 'pk']]] }))
}

async function readAlias(
  table: ModelTable,
  alias: Key,
  read: (key: Key) => Promise<AdapterPayload | undefined>,
): Promise<AdapterPayload | undefined> {
  const item = await table.get(alias)
  return item && read(item.target as Key)
}

/**
 * A proof is taken from 300 seconds before its `iat` until 300 seconds after it. oidc-provider has it remembered for
 * 300 seconds, so that a proof of the future could be used again afterwards.
 */
const rememberedSecondsMin = 601

/**
 * Whether this is the first use of an id of a kind, by one conditional write. Of simultaneous uses one is the first.
 */
export function onceBy({ table, clock }: ModelStore): TakeOnce {
  return async (kind, id, exp) => {
    const now = seconds(clock())
    const key = modelKey('ReplayDetection', digestOf(`${kind.length} ${kind} ${id}`))
    const put = { ...key, expiresAt: Math.max(Math.ceil(exp), now + rememberedSecondsMin) }
    return isWritten(() => table().write({ put, when: whenWritten('ReplayDetection', now) }))
  }
}
