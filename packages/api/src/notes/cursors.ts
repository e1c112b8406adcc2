/** Cursors: positions in a list, signed for one caller and one list (HMAC-SHA256, 128 bits). */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Cursors {
  /** Signs a position. `list` names the caller and the list; the cursor is valid for no other. */
  readonly seal: (list: string, position: string) => string
  /** The position; undefined for a text that was not signed for this caller and this list. */
  readonly open: (list: string, cursor: string) => string | undefined
}

const macBytes = 16
/** Cursors of `changes` are the longest: up to 75,000 characters after thousands of changes within seconds. */
const charactersMax = 100_000

/** `secrets` are newest first: the first one signs, and all of them verify. */
export function createCursors([newest = '', ...older]: readonly string[]): Cursors {
  if (newest === '') throw new Error('cursors need a secret')
  const macOf = (secret: string, list: string, position: string) =>
    createHmac('sha256', secret).update(`${list.length}:${list}${position}`).digest().subarray(0, macBytes)
  return {
    seal: (list, position) =>
      Buffer.concat([macOf(newest, list, position), Buffer.from(position)]).toString('base64url'),
    open: (list, cursor) => {
      if (cursor.length > charactersMax) return undefined
      const bytes = Buffer.from(cursor, 'base64url')
      if (bytes.length <= macBytes) return undefined
      if (bytes.toString('base64url') !== cursor) return undefined
      const position = bytes.subarray(macBytes).toString()
      const mac = bytes.subarray(0, macBytes)
      const isOurs = [newest, ...older].some((secret) => timingSafeEqual(macOf(secret, list, position), mac))
      return isOurs ? position : undefined
    },
  }
}
