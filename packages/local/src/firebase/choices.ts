/**
 * Google accounts that were selected on our own page. A credential is JSON that every page can write; only one with the
 * mark of a selection signs in to an existing account from a page of another origin, or takes one over.
 */
import { randomBytes } from 'node:crypto'
import { createExpiringMap } from '../pool/people/expiring-map.ts'

/** The account that was selected. */
export interface Choice {
  readonly rawId: string
  readonly email: string | undefined
}

/** The selections that were not used yet. */
export interface Choices {
  /** The mark of a new selection. */
  readonly add: (choice: Choice) => string
  /** Whether the mark belongs to this account. Returns true once. */
  readonly use: (mark: string | undefined, choice: Choice) => boolean
}

/** Seconds between the selection and the request of the app: as long as Google's tokens are valid. */
const lifeSeconds = 3600

/** Creates them. The oldest selection is forgotten when there are too many. */
export function createChoices(): Choices {
  const choices = createExpiringMap<Choice>({ lifeSeconds })
  return {
    add: (choice) => {
      const mark = randomBytes(18).toString('base64url')
      choices.set(mark, choice)
      return mark
    },
    use: (mark = '', { rawId, email }) => {
      const found = choices.get(mark)
      choices.delete(mark)
      return found?.rawId === rawId && found.email === email
    },
  }
}
