/** What `revoke` prints: a few lines for people, or one JSON object for programs. */
import { type Revocation, revocationStoredSeconds } from '@fieldnotes/core/revocation'
import { naming } from '../person-names.ts'
import type { AdminTarget } from './admin-target.ts'
import { formatInstant } from './parse-instant.ts'

/** A revocation and whether it was written. */
export interface RevokeResult {
  readonly target: AdminTarget
  readonly revocation: Revocation
  /** False: a dry run. */
  readonly written: boolean
  /** When it was or would be written, in seconds since the epoch: the stored entry has the same instant. */
  readonly now: number
}

/** One line of JSON: `{ stage, table, written, revocation, expiresAt }`. */
export function revocationJson({ target, revocation, written, now }: RevokeResult): string {
  const expiresAt = formatInstant(now + revocationStoredSeconds)
  return `${JSON.stringify({ stage: target.name, table: target.access.name, written, revocation, expiresAt })}\n`
}

/** What, where, and whether it was written. Ids of the laptop's people have their names beside them. */
export function revocationText({ target, revocation, written }: RevokeResult): string {
  const { kind, ...members } = revocation
  const named = naming(target.issuers, [])
  const words = Object.entries(members).map(([name, value]) =>
    name === 'at' ? `sign-ins until ${formatInstant(Number(value))}` : `${name} ${withName(String(value), named)}`,
  )
  const outcome = written
    ? 'Written. Every door refuses it within 10 seconds.'
    : 'Dry run: nothing is written. Add --yes to write it.'
  return `revoke ${kind}: ${words.join(', ')}\non ${target.name}, table ${target.access.name}\n${outcome}\n`
}

function withName(id: string, named: (text: string) => string): string {
  const name = named(id)
  return name === id ? id : `${id} (${name})`
}
