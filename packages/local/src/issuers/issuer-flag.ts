/** Parses the flags of the commands that select an issuer and the groups of a person. */
import { UsageError } from '../usage-error.ts'
import { type IssuerName, issuerNames } from './local-issuers.ts'

const choice = new Intl.ListFormat('en', { type: 'disjunction' }).format(issuerNames)

/** Parses `--issuer`. @throws UsageError for another name, and for groups that the issuer's tokens never have */
export function parseIssuer(text: string | undefined, groups: readonly string[]): IssuerName {
  const name = issuerNames.find((each) => each === text)
  if (name === undefined) throw new UsageError(`--issuer takes ${choice}.`)
  if (name === 'fieldnotes' && groups.length > 0)
    throw new UsageError('--group does not go with --issuer fieldnotes: its tokens have no groups.')
  return name
}
