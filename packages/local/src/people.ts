/** People by name: whom the cloud knows by ids that say nothing. */
import { personId } from '@fieldnotes/identity/person-id'
import type { IssuerName, LocalIssuer } from './issuers/local-issuers.ts'
import { cognitoSubject, firebaseSubject } from './issuers/shapes.ts'

const subjectOf: Readonly<Record<IssuerName, (person: string) => string>> = {
  cognito: cognitoSubject,
  firebase: firebaseSubject,
}

/** Who are there in examples, at every issuer. */
const usual = ['alice', 'bob', 'carol']

/** A text with names such as `alice of cognito` in the place of the ids of the usual people and of `others`. */
export function naming(issuers: readonly LocalIssuer[], others: readonly string[]): (text: string) => string {
  const names = issuers.flatMap(({ name, issuer }) =>
    [...usual, ...others].map((person) => [personId(issuer, subjectOf[name](person)), `${person} of ${name}`] as const),
  )
  return (text) => names.reduce((named, [id, name]) => named.replaceAll(id, name), text)
}
