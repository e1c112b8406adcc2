/**
 * What oidc-provider stores: sessions, grants, codes and refresh tokens. Lasting ones are written to one file before
 * the answer is sent, so that a revoked token stays revoked after a restart.
 */
import { existsSync, readFileSync } from 'node:fs'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { writePrivately } from '../data-folder.ts'
import { UsageError } from '../usage-error.ts'
import type { Proof } from './people/proof.ts'

/** Stored models of one pool. */
export interface StoredModels {
  /** The adapter of one model, such as `Session`. */
  readonly adapterOf: (model: string) => Adapter
  /** Ends every session and every token of a person. */
  readonly endSignIns: (sub: string) => void
  /** The grant that passes a test. */
  readonly findGrant: (test: (grantId: string) => boolean) => AdapterPayload | undefined
}

interface Entry {
  readonly model: string
  readonly id: string
  readonly payload: AdapterPayload
  /** Milliseconds since the epoch. */
  readonly endsAt: number
  readonly usedAt?: number
}

type Entries = Map<string, Entry>

/** Models that survive a restart. */
const lasting: readonly string[] = ['Session', 'Grant', 'RefreshToken']

/** Entries of one model, at most; the oldest is dropped. Each model has its own, so that no stranger ends a session. */
const entriesMax = 1000

/**
 * Milliseconds for which a rotated refresh token still works, as `retryGracePeriodSeconds` in
 * `infra/user-pool-clients.ts`: requests that were sent at the same time, or again after a lost answer, succeed.
 */
const graceMs = 10_000

function keyOf(model: string, id: string): string {
  return `${model} ${id}`
}

/** Version of the file. A later version is refused, so that an older program does not damage it. */
const version = 1

function isEntry(value: unknown): value is Entry {
  const { model, id, payload, endsAt, usedAt } = (value ?? {}) as Partial<Entry>
  const isUsedAt = usedAt === undefined || typeof usedAt === 'number'
  const hasPayload = typeof payload === 'object' && payload !== null
  return lasting.includes(String(model)) && typeof id === 'string' && hasPayload && Number.isFinite(endsAt) && isUsedAt
}

function parse(text: string): readonly Entry[] {
  const stored = JSON.parse(text)
  // The first files were a list without a version.
  const entries = Array.isArray(stored) ? stored : stored?.version === version ? stored.entries : undefined
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw new Error('not the sign-ins of this version')
  return entries
}

function read(file: string | undefined): Entries {
  if (file === undefined || !existsSync(file)) return new Map()
  try {
    return new Map(parse(readFileSync(file, 'utf8')).map((entry) => [keyOf(entry.model, entry.id), entry]))
  } catch {
    // The cause is left out: the message of a SyntaxError quotes the file, which holds tokens.
    throw new UsageError(`${file} can't be read: it is damaged or of a later version. Delete it: people sign in again.`)
  }
}

function isUsed({ model, usedAt }: Entry): boolean {
  return usedAt !== undefined && (model !== 'RefreshToken' || Date.now() - usedAt > graceMs)
}

/**
 * Models into which oidc-provider copies the `acr` of a sign-in: it is the epoch of the person. No token contains it.
 */
const withEpoch: readonly string[] = ['Session', 'AuthorizationCode', 'RefreshToken']

/** The sign-in that an entry belongs to: one that goes on, or, for an interaction, one that its pages have accepted. */
function proofIn({ model, payload }: Entry): Proof | undefined {
  const { accountId, acr } = withEpoch.includes(model) ? payload : (payload.result?.login ?? {})
  return typeof accountId === 'string' ? { sub: accountId, epoch: acr } : undefined
}

/**
 * Opens the models of `file`, or of memory when it is undefined. An entry whose sign-in is not `current` any more is
 * not found.
 */
export function openModels(file: string | undefined, isCurrent: (proof: Proof) => boolean = () => true): StoredModels {
  let entries = read(file)

  /** Saves a change of these models before it is visible: what can't be saved has not happened. */
  function commit(next: Entries, models: readonly string[]): void {
    if (file !== undefined && models.some((model) => lasting.includes(model))) {
      const stored = [...next.values()].filter(({ model }) => lasting.includes(model))
      writePrivately(file, JSON.stringify({ version, entries: stored }))
    }
    entries = next
  }

  function live(key: string): Entry | undefined {
    const entry = entries.get(key)
    const proof = entry && proofIn(entry)
    return entry && entry.endsAt > Date.now() && (!proof || isCurrent(proof)) ? entry : undefined
  }

  function set(entry: Entry): void {
    const key = keyOf(entry.model, entry.id)
    const next = new Map(entries)
    next.delete(key)
    next.set(key, entry)
    const same = [...next].filter(([, { model }]) => model === entry.model)
    const ended = same.filter(([, { endsAt }], index) => endsAt <= Date.now() || index < same.length - entriesMax)
    for (const [old] of ended) next.delete(old)
    commit(next, [entry.model])
  }

  function drop(test: (entry: Entry) => boolean): void {
    const dropped = [...entries.values()].filter(test)
    const next = new Map([...entries].filter(([, entry]) => !test(entry)))
    commit(
      next,
      dropped.map(({ model }) => model),
    )
  }

  function find(key: string): AdapterPayload | undefined {
    const entry = live(key)
    return entry && (isUsed(entry) ? { ...entry.payload, consumed: entry.usedAt } : entry.payload)
  }

  const adapterOf = (model: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      const endsAt = expiresIn === undefined ? Number.MAX_SAFE_INTEGER : Date.now() + expiresIn * 1000
      set({ model, id, payload, endsAt })
    },
    find: async (id) => find(keyOf(model, id)),
    findByUid: async (uid) => {
      const found = [...entries].find(([, entry]) => entry.model === model && entry.payload.uid === uid)
      return found && find(found[0])
    },
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const entry = live(keyOf(model, id))
      // Only one of two requests that redeem a code at the same time gets here first.
      if (!entry || isUsed(entry)) throw new errors.InvalidGrant('already used')
      set({ ...entry, usedAt: entry.usedAt ?? Date.now() })
    },
    destroy: async (id) => drop((entry) => entry.model === model && entry.id === id),
    revokeByGrantId: async (grantId) => drop((entry) => entry.model === model && entry.payload.grantId === grantId),
  })

  return {
    adapterOf,
    endSignIns: (sub) => drop(({ payload }) => payload.accountId === sub),
    findGrant: (test) =>
      [...entries.values()].find((entry) => entry.model === 'Grant' && test(entry.id) && entry.endsAt > Date.now())
        ?.payload,
  }
}
