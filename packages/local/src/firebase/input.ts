/** Parses bodies of requests: the fields of one operation, their types and limits. Other fields are ignored. */
import { ApiError } from './api-error.ts'

interface Kinds {
  readonly text: string
  readonly flag: boolean
  readonly texts: readonly string[]
  readonly seconds: number
}

/** Type of a field, and the longest text that it accepts, in UTF-16 code units. */
export interface Field {
  readonly kind: keyof Kinds
  readonly max: number
}

/** Names and types of an operation's fields. */
export type Fields = Readonly<Record<string, Field>>

/** The parsed fields. */
export type Input<F extends Fields> = { readonly [N in keyof F]: Kinds[F[N]['kind']] | undefined }

/** A body whose fields have not been parsed. */
export type Body = Readonly<Record<string, unknown>>

/** Largest number of elements of a list. */
const listMax = 100

function text<const M extends number>(max: M) {
  return { kind: 'text', max } as const
}

/** The fields of all operations, so that each has one limit. */
export const fields = {
  continueUrl: text(2048),
  customAttributes: text(10_000),
  deleteAttribute: { kind: 'texts', max: 64 },
  deleteProvider: { kind: 'texts', max: 64 },
  disabled: { kind: 'flag', max: 0 },
  disableUser: { kind: 'flag', max: 0 },
  displayName: text(256),
  email: text(256),
  emails: { kind: 'texts', max: 256 },
  emailVerified: { kind: 'flag', max: 0 },
  grantType: text(64),
  idToken: text(16_384),
  identifier: text(256),
  localId: text(128),
  localIds: { kind: 'texts', max: 128 },
  newEmail: text(256),
  newPassword: text(4096),
  oobCode: text(256),
  password: text(4096),
  photoUrl: text(2048),
  postBody: text(32_768),
  refreshToken: text(4096),
  requestType: text(64),
  requestUri: text(32_768),
  returnOobLink: { kind: 'flag', max: 0 },
  validSince: { kind: 'seconds', max: 10 },
} as const satisfies Fields

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max && value.isWellFormed()
}

const accepts: Readonly<Record<keyof Kinds, (value: unknown, max: number) => boolean>> = {
  text: isText,
  flag: (value) => typeof value === 'boolean',
  texts: (value, max) => Array.isArray(value) && value.length <= listMax && value.every((each) => isText(each, max)),
  seconds: (value, max) => isText(value, max) && /^\d+$/.test(value),
}

/**
 * The fields of `wanted` in `body`; null counts as absent.
 * @throws ApiError 400 that names a field of another type, or a longer one
 */
export function parseInput<const F extends Fields>(body: Body, wanted: F): Input<F> {
  const entries = Object.entries(wanted).map(([name, { kind, max }]) => {
    const value = Object.hasOwn(body, name) ? (body[name] ?? undefined) : undefined
    if (value !== undefined && !accepts[kind](value, max)) throw new ApiError(400, `Invalid value at '${name}'`)
    return [name, kind === 'seconds' && value !== undefined ? Number(value) : value]
  })
  // Each value was checked by the row of `accepts` for its kind.
  return Object.fromEntries(entries) as Input<F>
}
