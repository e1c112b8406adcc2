/** Everything that a browser received, and a search of it for secrets. */
import type { BrowserContext, Response } from 'playwright-core'

/** A text that was received, and where. */
interface Seen {
  readonly where: string
  readonly text: string
}

/** What browsers received so far. */
export interface SeenAnswers {
  /** Adds a text from elsewhere, such as the log. */
  readonly add: (where: string, text: string) => void
  /** The where of each secret that was found; empty where all is well. `count` is the number of texts. */
  readonly search: (
    secrets: readonly string[],
  ) => Promise<{ readonly count: number; readonly found: readonly string[] }>
}

/** A JWT, and an opaque token or a secret in a member of that name. */
export const secretForms: readonly RegExp[] = [
  /eyJ[\w-]{10,}\.[\w-]{10,}/,
  /"(?:access_token|refresh_token|id_token|client_secret|code_verifier|accessToken|refreshToken)"/,
]

/**
 * Where a code or a `state` has to be: redirects between the provider and our callback. Cookies are set in one header.
 */
const withCode = /\/session\/(?:login|callback)|\/oauth2\/authorize|\/login\//

/** Records every answer of browsers: its body, its headers, what scripts write to the console, errors of pages. */
export function recordAnswers(...contexts: readonly BrowserContext[]): SeenAnswers {
  const pending: Promise<Seen>[] = []
  const add = (where: string, text: string) => void pending.push(Promise.resolve({ where, text }))
  for (const context of contexts) {
    context.on('response', (response) => pending.push(seenOf(response)))
    context.on('console', (message) => add('console', message.text()))
    context.on('weberror', (error) => add('error of a page', String(error.error().stack)))
  }
  return {
    add,
    search: async (secrets) => {
      const texts = await Promise.all(pending)
      const found = texts.filter(({ text }) => hasSecret(text, secrets)).map(({ where }) => where)
      return { count: texts.length, found }
    },
  }
}

function hasSecret(text: string, secrets: readonly string[]): boolean {
  return secretForms.some((form) => form.test(text)) || secrets.some((secret) => text.includes(secret))
}

/** A redirect has no body. */
async function seenOf(response: Response): Promise<Seen> {
  const { 'set-cookie': _, location = '', ...headers } = await response.allHeaders()
  const { pathname } = new URL(response.url())
  const shown = withCode.test(pathname) ? new URL(location || '/', response.url()).pathname : location
  const body = await response.text().catch(() => '')
  const where = `${response.request().method()} ${pathname}`
  return { where, text: `${response.status()} ${JSON.stringify(headers)} ${shown} ${body}` }
}
