/** Replaces the ids of people by their names, for display. */
import { personId } from '@fieldnotes/identity/person-id'
import type { IssuerName, LocalIssuer } from './issuers/local-issuers.ts'
import { cognitoSubject, firebaseSubject } from './issuers/token-claims.ts'

const subjectOf: Readonly<Record<IssuerName, (person: string) => string>> = {
  cognito: cognitoSubject,
  firebase: firebaseSubject,
}

/** People of the examples; each exists at every issuer. */
const usual = ['alice', 'bob', 'carol']

/**
 * Returns a function that replaces ids in a text by names like `alice of cognito`, for the usual people and `others`.
 */
export function naming(issuers: readonly LocalIssuer[], others: readonly string[]): (text: string) => string {
  const names = issuers.flatMap(({ name, issuer }) =>
    [...usual, ...others].map((person) => [personId(issuer, subjectOf[name](person)), `${person} of ${name}`] as const),
  )
  return (text) => names.reduce((named, [id, name]) => named.replaceAll(id, name), text)
}
