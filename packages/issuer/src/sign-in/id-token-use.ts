/** Each ID token signs in once: one that is found later, in a log or a page, starts nothing. */
import { digestOf } from '@fieldnotes/table/digest'

/** Whether this is the first use of an id of a kind. It is remembered until `exp`, in seconds since the epoch. */
export type TakeOnce = (kind: string, id: string, exp: number) => Promise<boolean>

/** Whether an ID token signs in for the first time. A second spelling of the signature makes no second token. */
export function takeIdToken(takeOnce: TakeOnce, jws: string, exp: number): Promise<boolean> {
  return takeOnce('sign-in', digestOf(jws.slice(0, jws.lastIndexOf('.'))), exp)
}
