/** Operations that the caller of a request does not have. */
import type { AppError } from '@fieldnotes/core/error'

/** An object whose every member throws this error when it is read: the second lock, whatever the rules say. */
export function refusing<T extends object>(error: () => AppError): T {
  return new Proxy({} as T, {
    get: () => {
      throw error()
    },
  })
}
