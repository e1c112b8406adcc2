import { createIdentity } from '@fieldnotes/identity/identity'
import type { Settings } from '@fieldnotes/identity/settings'

/** Stores a text until an instant, in seconds since the epoch, if it is not stored yet; whether it did. */
export type PutIfAbsent = (key: string, until: number) => Promise<boolean>

export function provingIdentity(settings: Settings, putIfAbsent: PutIfAbsent) {
  const proofs: Settings['proofs'] = {
    consume: ({ thumbprint, id, until }) => putIfAbsent(`${thumbprint} ${id}`, until),
  }
  const identity = createIdentity({ ...settings, proofs })
  return (headers: Record<string, string[]>, method: string, path: string) =>
    identity.requireCaller(headers, { method, path })
}
