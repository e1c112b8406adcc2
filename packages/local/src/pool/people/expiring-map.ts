/** Short-lived entries in memory: codes, failed attempts, sign-ins that wait for their next page. */

/** How long an entry lives and how many there are. The oldest is dropped when there are more. */
export interface ExpiringMapSettings {
  readonly lifeSeconds: number
  readonly entriesMax?: number
}

/** A bounded map whose entries end by themselves. */
export interface ExpiringMap<V> {
  readonly get: (key: string) => V | undefined
  /** Sets an entry; its life begins anew. */
  readonly set: (key: string, value: V) => void
  readonly delete: (key: string) => void
}

/** Creates an empty map. */
export function createExpiringMap<V>({ lifeSeconds, entriesMax = 10_000 }: ExpiringMapSettings): ExpiringMap<V> {
  const entries = new Map<string, { readonly value: V; readonly endsAt: number }>()
  /** Entries are in the order in which they end, because each lives equally long. */
  const dropOldest = (): void => {
    for (const [key, { endsAt }] of entries) {
      if (endsAt > Date.now() && entries.size <= entriesMax) return
      entries.delete(key)
    }
  }
  return {
    get: (key) => {
      const entry = entries.get(key)
      return entry && entry.endsAt > Date.now() ? entry.value : undefined
    },
    set: (key, value) => {
      entries.delete(key)
      entries.set(key, { value, endsAt: Date.now() + lifeSeconds * 1000 })
      dropOldest()
    },
    delete: (key) => void entries.delete(key),
  }
}
