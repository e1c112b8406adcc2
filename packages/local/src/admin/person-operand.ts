/** Reads the person that an operator names: an id everywhere, a name on the laptop. */
import { isPersonId } from '@fieldnotes/identity/person-id'
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { idOfPerson } from '../person-names.ts'
import { UsageError } from '../usage-error.ts'

const nameForm = /^[a-z][a-z0-9-]{0,31}$/

/** The operand on a stage, which knows no names. @throws UsageError for anything but the id of a person */
export function personId(text: string, issuer: string | undefined): string {
  if (!isPersonId(text))
    throw new UsageError('PERSON is the id of a person: 27 base64url characters, which logs show as "caller".')
  if (issuer !== undefined)
    throw new UsageError('--issuer goes with the name of a person on the laptop, never with an id.')
  return text
}

/**
 * The id of one of the laptop's people, by name and issuer (cognito by default); an id is returned as it is. Without
 * issuers, names are not known.
 * @throws UsageError
 */
export function personIdAt(issuers: readonly LocalIssuer[], text: string, issuer: string | undefined): string {
  if (issuers.length === 0 || isPersonId(text)) return personId(text, issuer)
  if (!nameForm.test(text)) throw new UsageError('PERSON is an id of 27 characters, or a name such as alice.')
  const id = idOfPerson(issuers, issuer ?? 'cognito', text)
  if (id === undefined)
    throw new UsageError(`--issuer of a person takes ${issuers.map(({ name }) => name).join(' or ')}.`)
  return id
}
