/** Signs a person in at a target with a browser of this machine (RFC 8252). */
import { CommandFailed } from '../usage-error.ts'
import { openLoopback } from './loopback.ts'
import type { Target } from './target.ts'
import { newState, startSignIn } from './token-requests.ts'

/** Minutes that a person has to sign in, or to sign up and read the mail with the code. */
const patienceMinutes = 15

/** What a sign-in needs beside its target. */
export interface SignInOptions {
  /** Scopes to request beside `openid`, as the user pool writes them. */
  readonly scope: string
  /** Receives the text with the address to open. */
  readonly print: (text: string) => void
}

/**
 * Prints the address of the sign-in, waits for its answer at a redirect of this machine, and returns the access token.
 * It opens no browser.
 * @throws CommandFailed when no redirect can be received, when the issuer refuses, or after 15 minutes
 */
export async function signIn(target: Target, { scope, print }: SignInOptions): Promise<string> {
  const state = newState()
  const { redirectUri, answer, close } = await openLoopback(target.redirects, state)
  const waiting = new AbortController()
  try {
    const { url, redeem } = await startSignIn(target, { redirectUri, state, scope: `openid ${scope}`.trim() })
    print(`Open this address in a browser of this machine, and sign in to ${target.name}:\n\n  ${url}\n\n`)
    return await redeem(await Promise.race([answer, timeout(waiting.signal)]))
  } finally {
    waiting.abort()
    close()
  }
}

function timeout(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(
      () => reject(new CommandFailed(`No sign-in arrived within ${patienceMinutes} minutes. Run the command again.`)),
      patienceMinutes * 60_000,
    )
    signal.addEventListener('abort', () => clearTimeout(timer))
  })
}
