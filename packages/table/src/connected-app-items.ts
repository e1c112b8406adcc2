/** The entry of a connected app in the list of its person. It has no token, and no digest of one. */
import { AppError } from '@fieldnotes/core/error'
import { personAppKey } from './access-keys.ts'
import { isRevocable } from './revocation-items.ts'
import { type Form, hasForm, isInstant, isText } from './session-entries.ts'
import type { Item } from './writes.ts'

/** An app of a third party to which a person has given access. Instants are in seconds since the epoch. */
export interface ConnectedApp {
  readonly clientId: string
  /** The app's name, as its person has read it on the consent page last. */
  readonly name: string
  /** All scopes that the person has given to the app since it is connected. */
  readonly scopes: readonly string[]
  /** When it was connected first. */
  readonly since: number
  /** When it got a token last. */
  readonly lastUsedAt: number
  /** The latest sign-in (`auth_time`) with which it was connected. */
  readonly signedInAt: number
  /** `loginId` of the principals of each of its grants, oldest first. */
  readonly logins: readonly string[]
  /** When its last grant ends. */
  readonly expiresAt: number
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

const form: Form = {
  name: isText,
  scopes: isTexts,
  since: isInstant,
  lastUsedAt: isInstant,
  signedInAt: isInstant,
  logins: (value) => Array.isArray(value) && value.length > 0 && value.every(isRevocable),
  expiresAt: isInstant,
}

const keyStart = personAppKey('', '').sk

/** The app of an item. @throws UNAVAILABLE for an item of another form */
export function connectedAppOf(item: Item): ConnectedApp {
  if (!hasForm(form, item)) throw new AppError('UNAVAILABLE', 'a stored app can not be read')
  const { pk, sk, ...members } = item
  return { ...members, clientId: sk.slice(keyStart.length) } as unknown as ConnectedApp
}

/** The item of an app. @throws BAD_USER_INPUT for members of the wrong form */
export function connectedAppItem(personId: string, { clientId, ...members }: ConnectedApp): Item {
  const item = { ...personAppKey(personId, clientId), ...members }
  // An entry that can't be read would make the person's whole list unreadable.
  if (!hasForm(form, item)) throw new AppError('BAD_USER_INPUT', 'an app of the wrong form')
  return item
}
