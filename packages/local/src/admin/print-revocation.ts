/** What `revoke` prints: a few lines for people, or one JSON object for programs. */
import { type Revocation, type RevocationKind, revocationStoredSeconds } from '@fieldnotes/core/revocation'
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
  /** Browser sessions that ended with a person or a sign-in; undefined for other kinds, and for a dry run. */
  readonly sessionsEnded?: number | undefined
}

/**
 * One line of JSON: `{ stage, table, written, revocation, expiresAt }`, for a person and a sign-in with
 * `sessionsEnded`.
 */
export function revocationJson({ target, revocation, written, now, sessionsEnded }: RevokeResult): string {
  const expiresAt = formatInstant(now + revocationStoredSeconds)
  const { name: stage, access } = target
  return `${JSON.stringify({ stage, table: access.name, written, revocation, expiresAt, sessionsEnded })}\n`
}

const refused = 'Every door refuses it within 10 seconds.'

/** Of what signed requests do not name. */
const butSigned = `Every door that takes tokens refuses it within 10 seconds. AWS credentials of the same
person go on, because signed requests do not name it: to end these, revoke the person.`

/** Of what signed requests name, without an instant. */
const signedToo = `${refused}
Signed requests (SigV4) are refused for 79 minutes, after a new sign-in too.`

/** Of what signed requests name if it is the web app. */
const signedIfWeb = `${refused}
Signed requests (SigV4) are the web app's: if it is that one, they are refused for 79 minutes,
after a new sign-in too.`

/** What is promised of each kind. */
const promises: Readonly<Record<RevocationKind, string>> = {
  person: signedToo,
  app: signedIfWeb,
  client: signedIfWeb,
  login: butSigned,
  token: butSigned,
  key: butSigned,
}

/** What, where, and whether it was written. Ids of the laptop's people have their names beside them. */
export function revocationText({ target, revocation, written, sessionsEnded }: RevokeResult): string {
  const { kind, ...members } = revocation
  const named = naming(target.issuers, [])
  const words = Object.entries(members).map(([name, value]) =>
    name === 'at' ? `sign-ins until ${formatInstant(Number(value))}` : `${name} ${withName(String(value), named)}`,
  )
  const outcome = written ? `Written. ${promises[kind]}` : 'Dry run: nothing is written. Add --yes to write it.'
  const sessions = sessionsEnded === undefined ? '' : `Browser sessions ended: ${sessionsEnded}.\n`
  return `revoke ${kind}: ${words.join(', ')}\non ${target.name}, table ${target.access.name}\n${outcome}\n${sessions}`
}

function withName(id: string, named: (text: string) => string): string {
  const name = named(id)
  return name === id ? id : `${id} (${name})`
}
