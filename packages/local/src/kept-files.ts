/** Notices when files that the running cloud stores in are deleted or replaced: what it writes then is lost. */
import type { Log } from '@fieldnotes/core/log'
import { fileIdentity } from './file-identity.ts'
import type { Handler } from './gateway/gateway.ts'
import type { Handlers } from './gateway/serve-routes.ts'

/** Milliseconds between two looks at the files while no request comes. */
const interval = 1_000

/** Whether the files are still those of the start. Once false, always false. */
export type IsKept = () => boolean

/** Remembers the files at these paths, without those that are absent. The loss is logged once. */
export function keepFiles(paths: readonly string[], log: Log): { isKept: IsKept; stop: () => void } {
  const files = paths.flatMap((path) => {
    const identity = fileIdentity(path)
    return identity === undefined ? [] : [{ path, identity }]
  })
  let lost: string | undefined
  const isKept = (): boolean => {
    if (lost !== undefined) return false
    lost = files.find(({ path, identity }) => fileIdentity(path) !== identity)?.path
    if (lost === undefined) return true
    const words = `${lost} was deleted or replaced. Nothing is stored any more: end with Ctrl-C, and start again.`
    log('error', 'data_folder', { words })
    return false
  }
  const timer = setInterval(isKept, interval).unref()
  return { isKept, stop: () => clearInterval(timer) }
}

const refusal = JSON.stringify({
  errors: [{ message: 'The data folder was deleted.', extensions: { code: 'UNAVAILABLE' } }],
})

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
    return isKept() ? result : { statusCode: 503, headers: { 'content-type': 'application/json' }, body: refusal }
  }
}
