/** Global ids (Relay Global Object Identification): base64url of `Type:key`. */
import { AppError } from '@fieldnotes/core/error'
import { badInput } from '../errors/bad-input.ts'

/** What has a global id. Exports are not nodes: the exporter has them. */
export type IdType = 'ConnectedApp' | 'Export' | 'Note' | 'Session' | 'User'

const shape = /^[A-Za-z0-9_-]{1,128}$/
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/
const keyShapes: Readonly<Record<IdType, RegExp>> = {
  ConnectedApp: /^[a-z][a-z0-9-]{0,63}$/,
  Export: /^[\w-]{22}$/,
  Note: ulid,
  Session: /^[\w-]{43}$/,
  User: /^[\w-]{1,90}$/,
}

function isIdType(type: string): type is IdType {
  return Object.hasOwn(keyShapes, type)
}

/** Whether a text has the form of a key of this type. */
export function isKeyOf(type: IdType, text: string): boolean {
  return keyShapes[type].test(text)
}

/** The id that clients receive. */
export function globalId(type: IdType, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url')
}

function partsOf(id: string): { type: IdType; key: string } | undefined {
  const text = Buffer.from(id, 'base64url').toString()
  const [, type = '', key = ''] = /^(\w+):(.*)$/s.exec(text) ?? []
  if (!isIdType(type)) return undefined
  // An object has one id: base64url has several texts for the same bytes.
  return isKeyOf(type, key) && globalId(type, key) === id ? { type, key } : undefined
}

/** Why a text is not in the form of an id; undefined when it is. */
export function idFault(id: string): string | undefined {
  return shape.test(id) ? undefined : 'not an id'
}

/**
 * Type and key of an id. A well-formed id that names nothing is NOT_FOUND, exactly as the id of another person's note.
 * @throws BAD_USER_INPUT for `argument` when the text is not in the form of an id; NOT_FOUND
 */
export function parseId(id: string, argument: string): { readonly type: IdType; readonly key: string } {
  const fault = idFault(id)
  if (fault) throw badInput(argument, fault)
  const parts = partsOf(id)
  if (!parts) throw new AppError('NOT_FOUND', 'an id that names nothing')
  return parts
}

/** The key in an id of this type. @throws BAD_USER_INPUT, NOT_FOUND */
export function parseIdOf(type: IdType, id: string, argument: string): string {
  const parts = parseId(id, argument)
  if (parts.type !== type) throw new AppError('NOT_FOUND', 'an id of another type')
  return parts.key
}
