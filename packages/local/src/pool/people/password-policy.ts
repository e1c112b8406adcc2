/** The policy of passwords of the deployed pool. */

/** One condition of the policy, and the words in which a page lists it. */
export interface PasswordCondition {
  readonly words: string
  readonly holds: (password: string) => boolean
}

/** The policy of the pool in `infra/user-pool.ts`. */
export const passwordPolicy: readonly PasswordCondition[] = [
  { words: '12 characters or more', holds: (password) => [...password].length >= 12 },
  { words: 'at least one lower-case letter', holds: (password) => /[a-z]/.test(password) },
  { words: 'at least one upper-case letter', holds: (password) => /[A-Z]/.test(password) },
  { words: 'at least one number', holds: (password) => /[0-9]/.test(password) },
]

/** Characters of a password, at most: Cognito's limit. Longer ones are refused, or hashed in part and wrong. */
export const passwordCharsMax = 256

/** Whether a new password may be used. */
export function isAcceptable(password: string): boolean {
  return password.length <= passwordCharsMax && passwordPolicy.every(({ holds }) => holds(password))
}
