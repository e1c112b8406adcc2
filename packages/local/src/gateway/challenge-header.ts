/**
 * The name under which clients receive `WWW-Authenticate`. API Gateway renames the header for REST APIs ("Known issues
 * for REST APIs"); for HTTP APIs AWS documents nothing, and it was seen both ways. The laptop can imitate either.
 */
import type { Handler } from './gateway.ts'
import type { Handlers } from './serve-routes.ts'

/** Both names, in lower case. */
export const challengeHeaders = ['www-authenticate', 'x-amzn-remapped-www-authenticate'] as const

/** One of the names. */
export type ChallengeHeader = (typeof challengeHeaders)[number]

/** Whether the text is one of the names. */
export function isChallengeHeader(text: string): text is ChallengeHeader {
  return challengeHeaders.some((name) => name === text)
}

type Named = readonly [name: string, value: string | number | boolean]

function renamed(handler: Handler, header: ChallengeHeader): Handler {
  const rename = ([name, value]: Named): Named => [name.toLowerCase() === challengeHeaders[0] ? header : name, value]
  return async (event, invocation) => {
    const result = await handler(event, invocation)
    if (typeof result === 'string' || !result.headers) return result
    return { ...result, headers: Object.fromEntries(Object.entries(result.headers).map(rename)) }
  }
}

/** The same functions, whose responses have the challenge under this name. */
export function withChallengeHeader(handlers: Handlers, header: ChallengeHeader): Handlers {
  if (header === challengeHeaders[0]) return handlers
  return Object.fromEntries(
    Object.entries(handlers).map(([name, load]) => [name, async () => renamed(await load(), header)]),
  )
}
