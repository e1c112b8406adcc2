/** OpenID Connect issuers that a person adds to the local cloud by settings, as a deployment adds them to a stage. */
import { readFileSync } from 'node:fs'
import { issuersVariable, parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import type { OidcIssuer } from '@fieldnotes/identity/issuer'
import { UsageError, wordsOf } from '../usage-error.ts'

/**
 * The issuers of `file`, or of the JSON in `variable` when no file is named.
 * @throws UsageError that names every wrong member.
 */
export function addedIssuers(file: string | undefined, variable = ''): readonly OidcIssuer[] {
  const { issuers, faults } = parseOidcIssuers(file === undefined ? variable : read(file), 'laptop')
  if (faults.length > 0) throw new UsageError(messageOf(file ?? issuersVariable, faults))
  return issuers.map((row) => ({ kind: 'oidc', ...row }))
}

/** Each fault on a line of its own, as a policy lists its problems. */
function messageOf(source: string, faults: readonly string[]): string {
  return [`${source} can't be used:`, ...faults.map((fault) => `  ${fault}`)].join('\n')
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `--issuers ${file} can't be read: ${wordsOf(error)}. It takes a file with the JSON of ${issuersVariable}.`,
    )
  }
}
