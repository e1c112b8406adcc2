/** Replaces the ids of people by their names, for display. */
import { personId } from '@fieldnotes/identity/person-id'
import type { IssuerName, LocalIssuer } from './issuers/local-issuers.ts'
import { cognitoSubject, firebaseSubject } from './issuers/token-claims.ts'

/** Our own issuer has no people of its own: its tokens name those of the user pool. */
const subjectOf: Readonly<Partial<Record<IssuerName, (person: string) => string>>> = {
  cognito: cognitoSubject,
  firebase: firebaseSubject,
}

/**
 * The id of a person at an issuer of the laptop; undefined for an issuer without people. A person of our own issuer is
 * that of the user pool.
 */
export function idOfPerson(issuers: readonly LocalIssuer[], name: string, person: string): string | undefined {
  const row = issuers.find((each) => each.name === (name === 'fieldnotes' ? 'cognito' : name))
  const subject = row && subjectOf[row.name]
  return row && subject && personId(row.issuer, subject(person))
}

/** People of the examples; each exists at every provider. */
export const usualPeople = ['alice', 'bob', 'carol']

/**
 * Returns a function that replaces ids in a text by names like `alice of cognito`, for the usual people and `others`.
 */
export function naming(issuers: readonly LocalIssuer[], others: readonly string[]): (text: string) => string {
  const people = [...usualPeople, ...others]
  const names = issuers.flatMap(({ name, issuer }) => {
    const subject = subjectOf[name]
    return subject ? people.map((person) => [personId(issuer, subject(person)), `${person} of ${name}`] as const) : []
  })
  return (text) => names.reduce((named, [id, name]) => named.replaceAll(id, name), text)
}
