/** The correct refusal, for peers whose checks are written by hand; all others are compared with it. */
import type { Principal } from '@fieldnotes/core/principal'

const signIn = { code: 'UNAUTHENTICATED' } as const
const forbidden = { code: 'FORBIDDEN' } as const

/** `extensions` of the error: an anonymous caller can still sign in, so its code differs. */
export function refusalOf({ kind }: Principal): { readonly code: string } {
  return kind === 'anonymous' ? signIn : forbidden
}
