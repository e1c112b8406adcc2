/** How a refusal is told by whatever is written by hand here: the right one, which the others are compared with. */
import type { Principal } from '@fieldnotes/core/principal'

const signIn = { code: 'UNAUTHENTICATED' } as const
const forbidden = { code: 'FORBIDDEN' } as const

/** The `extensions` of the error: whoever is not signed in can still do something about it. */
export function refusalOf({ kind }: Principal): { readonly code: string } {
  return kind === 'anonymous' ? signIn : forbidden
}
