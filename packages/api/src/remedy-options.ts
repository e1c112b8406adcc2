/** What the remedies of refusals need beside the rules: the fields that show a caller's role, and scopes in the words
 * of each issuer. */
import type { Service, User } from '@fieldnotes/core/principal'
import { isThirdPartyScope } from '@fieldnotes/core/scopes'
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { RemedyOptions } from '@fieldnotes/policy/table-remedies'
import { mine, sharedAs } from './rules.ts'

/** A caller who may read `viewerRole` knows their role, and so the results of these rules. */
const shownBy = Object.fromEntries(
  [mine, sharedAs('EDITOR'), sharedAs('VIEWER')].map(({ name }) => [name, 'Note.viewerRole']),
)

type IssuerScopes = Pick<Issuer, 'name' | 'scopes'>

/** The issuer's scope that gives a scope of the API and the least beside it; undefined when none gives it. */
function spelling({ scopes }: IssuerScopes, scope: string): string | undefined {
  const giving = Object.entries(scopes).filter(([, given]) => given.includes(scope))
  return giving.toSorted(([, a], [, b]) => a.length - b.length)[0]?.[0]
}

/** Every scope of the API that the issuer gives, in the issuer's spelling. */
export function spellingsOf(issuer: IssuerScopes): ReadonlyMap<string, string | undefined> {
  const given = new Set(Object.values(issuer.scopes).flat())
  return new Map([...given].map((scope) => [scope, spelling(issuer, scope)]))
}

/**
 * The options of remedies for callers of these issuers. A scope is named only where the caller's issuer gives it, and
 * to an app of a third party only where such an app may have it.
 */
export function remediesFor(issuers: readonly IssuerScopes[]): RemedyOptions {
  const spellings = new Map(issuers.map((issuer) => [issuer.name, spellingsOf(issuer)]))
  const spell = ({ issuer, thirdParty }: User | Service, scope: string): string | undefined =>
    thirdParty && !isThirdPartyScope(scope) ? undefined : spellings.get(issuer)?.get(scope)
  return { shownBy, spell }
}
