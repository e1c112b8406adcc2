/** Limits of tokens, key sets and principals. */

import type { Bound } from './all-bounds.ts'
import { bound, raised, unit } from './bound-row.ts'

const file = 'packages/identity/src/bounds.ts'
const refusals = 'identity/test/refusals.test.ts'
const proofs = 'identity/test/proof/proofs.test.ts'
const keySet = 'identity/test/keys/fetch-key-set.test.ts'
const key = 'identity/test/keys/key.test.ts'
const principal = 'identity/test/principal/create-principal.test.ts'

/** Member of `bounds.ts` with its number → file and name of the test that must fail. */
const tested: readonly (readonly [member: string, test: string, only: string])[] = [
  ['tokenCharsMax: 8192', refusals, '8,193 characters'],
  ['jsonDepthMax: 16', refusals, 'nesting of 17'],
  ['aheadSecondsMax: 10', refusals, 'issued 11 s ahead'],
  ['lifetimeSecondsMax: 3660', refusals, 'a life of an hour, a minute and a second'],
  ['proofCharsMax: 4096', proofs, '4,097 characters'],
  ['proofAgeSecondsMax: 300', proofs, 'iat 301 s ago'],
  ['proofAheadSecondsMax: 60', proofs, 'iat 61 s ahead'],
  ['proofClocksSecondsMax: 60', proofs, 'is accepted with its proof, which is consumed'],
  ['groupsMax: 100', refusals, '101 groups'],
  ['keysBytesMax: 262_144', keySet, 'more than 256 KiB$'],
  ['keysMax: 64', keySet, '65 keys'],
  ['identifierCharsMax: 128', key, 'a kid of 129 characters'],
  ['opaqueCharsMax: 512', 'identity/test/introspected-tokens.test.ts', 'a text of 513 characters'],
  ['tokensMax: 2000', 'identity/test/introspected-tokens.test.ts', 'remembers 2,000 tokens'],
  ['actorsMax: 3', refusals, 'four actors'],
  ['groupCharsMax: 128', refusals, 'groups \\["xxx'],
  ['nameCharsMax: 80', principal, 'one printable line'],
  ['emailCharsMax: 254', principal, '255 characters'],
  ['rsaBitsMax: 4096', key, 'RSA of 4,097 bits'],
]

/** All rows. */
export const identityBounds: readonly Bound[] = tested.map(([member, test, only]) =>
  bound(`${member.split(':')[0]} of identity`, raised(file, `  ${member}`), unit(test, only)),
)
