/** Notices when files that the running cloud stores in are deleted or replaced: what it writes then is lost. */
import type { ServerResponse } from 'node:http'
import type { Log } from '@fieldnotes/core/log'
import { fileIdentity } from './file-identity.ts'
import type { Handler } from './gateway/gateway.ts'
import type { Handlers } from './gateway/serve-routes.ts'

/** Milliseconds between two looks at the files while no request comes. */
const interval = 1_000

/** Whether the files are still those that were written first. False for good once the loss is final. */
export type IsKept = () => boolean

/** The files that are watched. */
export interface Keeper {
  readonly isKept: IsKept
  /** The file at this path may be another one from now on: what wrote it has ended, and will write it anew. */
  readonly forget: (path: string) => void
  readonly stop: () => void
}

/**
 * Watches the files at these paths, each from when it exists. While one is absent or another one, nothing is kept. Two
 * looks in a row at which it is so make the loss final and log it: a program that ends deletes its log a moment before.
 */
export function keepFiles(paths: readonly string[], log: Log): Keeper {
  const identities = new Map<string, string | undefined>()
  const isMissing = (path: string): boolean => {
    const found = fileIdentity(path)
    const known = identities.get(path) ?? found
    identities.set(path, known)
    return found !== known
  }
  const missing = () => paths.find(isMissing)
  missing()
  let suspected: string | undefined
  let lost: string | undefined
  const look = (): void => {
    if (lost !== undefined) return
    const found = missing()
    if (found !== undefined && found === suspected) {
      lost = found
      const words = `${lost} was deleted, replaced or closed. Nothing is stored any more: end with Ctrl-C, and start again.`
      log('error', 'data_folder', { words })
    }
    suspected = found
  }
  const timer = setInterval(look, interval).unref()
  return {
    isKept: () => lost === undefined && missing() === undefined,
    forget: (path) => identities.delete(path),
    stop: () => clearInterval(timer),
  }
}

const refusal = JSON.stringify({
  errors: [{ message: 'The data folder was deleted, or a file in it.', extensions: { code: 'UNAVAILABLE' } }],
})

/** No cache stores the refusal. */
const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** Answers a request that came after the loss. */
export function respondLost(response: ServerResponse): void {
  response.writeHead(503, headers).end(refusal)
}

/**
 * The handlers, whose results are replaced by a 503 once the files are lost. They are looked at after each result: a
 * write is never confirmed that a restart would not find.
 */
export function whileKept(handlers: Handlers, isKept: IsKept): Handlers {
  const guarded = Object.entries(handlers).map(([name, load]) => [
    name,
    () => load().then((handler) => checkedBy(isKept, handler)),
  ])
  return Object.fromEntries(guarded)
}

function checkedBy(isKept: IsKept, handler: Handler): Handler {
  return async (event, invocation) => {
    const result = await handler(event, invocation)
    return isKept() ? result : { statusCode: 503, headers, body: refusal }
  }
}
