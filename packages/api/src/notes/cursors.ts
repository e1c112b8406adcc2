/** Opaque places in a list, good for one caller and one list only (HMAC-SHA256, 128 bits). */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Cursors {
  /** `list` names caller and list: a cursor is worth nothing in another one. */
  readonly seal: (list: string, place: string) => string
  /** The place, or undefined for what was not sealed here for this very list. */
  readonly open: (list: string, cursor: string) => string | undefined
}

const macBytes = 16
/** A cursor of `changes` right after a burst of them is by far the longest. */
const charactersMax = 100_000

/** `secrets`: newest first; it seals, all of them open. */
export function createCursors([newest = '', ...older]: readonly string[]): Cursors {
  if (newest === '') throw new Error('cursors need a secret')
  const macOf = (secret: string, list: string, place: string) =>
    createHmac('sha256', secret).update(`${list.length}:${list}${place}`).digest().subarray(0, macBytes)
  return {
    seal: (list, place) => Buffer.concat([macOf(newest, list, place), Buffer.from(place)]).toString('base64url'),
    open: (list, cursor) => {
      if (cursor.length > charactersMax) return undefined
      const bytes = Buffer.from(cursor, 'base64url')
      if (bytes.length <= macBytes) return undefined
      if (bytes.toString('base64url') !== cursor) return undefined
      const place = bytes.subarray(macBytes).toString()
      const mac = bytes.subarray(0, macBytes)
      return [newest, ...older].some((secret) => timingSafeEqual(macOf(secret, list, place), mac)) ? place : undefined
    },
  }
}
