/** What `revoke` prints: a few lines for people, or one JSON object for programs. */
import { type Revocation, type RevocationKind, revocationStoredSeconds } from '@fieldnotes/core/revocation'
import { naming } from '../person-names.ts'
import type { AdminTarget } from './admin-target.ts'
import type { Ended } from './end-sessions.ts'
import { formatInstant } from './parse-instant.ts'

/** A revocation and whether it was written. */
export interface RevokeResult {
  readonly target: AdminTarget
  readonly revocation: Revocation
  /** False: a dry run. */
  readonly written: boolean
  /** When it was or would be written, in seconds since the epoch: the stored entry has the same instant. */
  readonly now: number
  /** What ended with a person or a sign-in; undefined for a dry run. */
  readonly ended?: Ended | undefined
}

/**
 * One line of JSON: `{ stage, table, written, revocation, expiresAt }`, for a person and a sign-in with
 * `sessionsEnded`, and for every sign-in of a person with `informs`.
 */
export function revocationJson({ target, revocation, written, now, ended = nothing }: RevokeResult): string {
  const expiresAt = formatInstant(now + revocationStoredSeconds)
  const { name: stage, access } = target
  const { sessions: sessionsEnded, informs } = ended
  return `${JSON.stringify({ stage, table: access.name, written, revocation, expiresAt, sessionsEnded, informs })}\n`
}

const nothing: Ended = { sessions: undefined, informs: undefined }

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
export function revocationText({ target, revocation, written, ended = nothing }: RevokeResult): string {
  const { kind, ...members } = revocation
  const named = naming(target.issuers, [])
  const words = Object.entries(members).map(([name, value]) =>
    name === 'at' ? `sign-ins until ${formatInstant(Number(value))}` : `${name} ${withName(String(value), named)}`,
  )
  const outcome = written ? `Written. ${promises[kind]}` : 'Dry run: nothing is written. Add --yes to write it.'
  const head = `revoke ${kind}: ${words.join(', ')}\non ${target.name}, table ${target.access.name}\n${outcome}\n`
  return `${head}${endedText(ended)}`
}

function endedText({ sessions, informs }: Ended): string {
  const ofSessions = sessions === undefined ? '' : `Browser sessions ended: ${sessions}.\n`
  return `${ofSessions}${informs === undefined ? '' : informsText(informs)}`
}

function informsText(issuer: string | null): string {
  if (issuer !== null)
    return `The next pass informs ${issuer}, where every refresh token of the person ends. A stage without
browser sessions has no pass: end them at the issuer there (docs/operate.md, "Revoke").\n`
  return `It is not stored where this person signs in. If no earlier run has named an issuer, end their
refresh tokens at the issuer too (docs/operate.md, "Revoke").\n`
}

function withName(id: string, named: (text: string) => string): string {
  const name = named(id)
  return name === id ? id : `${id} (${name})`
}
