/**
 * The requests that a process sends, in their order: all that is left of it after its end. A process can end itself
 * at one of them by SIGKILL, which no code of it notices.
 */
import { type ChannelListener, subscribe } from 'node:diagnostics_channel'

/** Where a process ends: before its first request of this name leaves, or when the answer has arrived. */
export interface Step {
  readonly when: 'before' | 'after'
  /** A command of DynamoDB, such as `UpdateItem`, or the path of a provider's endpoint after the pool's. */
  readonly name: string
  /** The how manieth request of this name. */
  readonly nth: number
}

/** What Node's own HTTP client and its `fetch` publish of a request. */
interface Published {
  readonly request: { readonly path: string; readonly getHeader?: (name: string) => unknown }
}

/** Channels of Node.js: of the AWS SDK's requests, and of `fetch`. */
const channels = {
  before: ['http.client.request.created', 'undici:request:create'],
  after: ['http.client.response.finish', 'undici:request:headers'],
} as const

/** Watches the requests of this process. `forget` begins a new list. */
export function watchRequests() {
  let end: Step | undefined
  const seen: Record<Step['when'], string[]> = { before: [], after: [] }
  const reached = (when: Step['when'], name: string) => {
    seen[when].push(name)
    const count = seen[when].filter((each) => each === name).length
    if (end?.when === when && end.name === name && end.nth === count) process.kill(process.pid, 'SIGKILL')
  }
  for (const when of ['before', 'after'] as const) {
    const listener: ChannelListener = (message) => reached(when, nameOf(message as Published))
    for (const channel of channels[when]) subscribe(channel, listener)
  }
  return {
    /** The names of the requests since the last `forget`. */
    names: (): readonly string[] => seen.before,
    /** Begins a new list, and ends the process at a step of it. */
    forget: (step: Step | undefined): void => {
      end = step
      seen.before = []
      seen.after = []
    },
  }
}

function nameOf({ request }: Published): string {
  const target = request.getHeader?.('x-amz-target')
  return target === undefined ? request.path.replace(/^\/cognito\/[^/]+/, '') : String(target).replace(/^.*\./, '')
}
