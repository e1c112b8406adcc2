/** Reads the person that an operator names: an id everywhere, a name on the laptop. */
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { idOfPerson } from '../person-names.ts'
import { UsageError } from '../usage-error.ts'

const idForm = /^[\w-]{27}$/
const nameForm = /^[a-z][a-z0-9-]{0,31}$/

/** @throws UsageError for anything but the id of a person */
export function personId(text: string): string {
  if (idForm.test(text)) return text
  throw new UsageError('PERSON is the id of a person: 27 base64url characters, which logs show as "caller".')
}

/**
 * The id of one of the laptop's people, by name and issuer; an id is returned as it is. Without issuers, names are not
 * known.
 * @throws UsageError
 */
export function personIdAt(issuers: readonly LocalIssuer[], issuer: string, text: string): string {
  if (issuers.length === 0 || idForm.test(text)) return personId(text)
  if (!nameForm.test(text)) throw new UsageError('PERSON is an id of 27 characters, or a name such as alice.')
  const id = idOfPerson(issuers, issuer, text)
  if (id === undefined)
    throw new UsageError(`--issuer of a person takes ${issuers.map(({ name }) => name).join(' or ')}.`)
  return id
}
