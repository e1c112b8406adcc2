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
export function spellingsOf(issuer: IssuerScopes): Spellings {
  const given = new Set(Object.values(issuer.scopes).flat())
  return new Map([...given].map((scope) => [scope, spelling(issuer, scope)]))
}

type Spellings = ReadonlyMap<string, string | undefined>

const none: Spellings = new Map()

/** What the clients of one issuer can get, each scope in the issuer's spelling. */
type Reach = (clientId: string | undefined) => Spellings

/** Whose remedies they are. */
export interface ScopeSources {
  readonly issuers: readonly (IssuerScopes & Pick<Issuer, 'kind'>)[]
  /** As in `Config`. */
  readonly clientScopes?: Readonly<Record<string, readonly string[]>>
}

function spellingsOfClients(spellings: Spellings, clientScopes: ScopeSources['clientScopes'] & {}): Reach {
  const reachable = Object.entries(clientScopes).map(
    ([id, scopes]) => [id, new Map(scopes.map((scope) => [scope, spellings.get(scope)]))] as const,
  )
  const clients = new Map<string | undefined, Spellings>(reachable)
  return (clientId) => clients.get(clientId) ?? none
}

/** No app requests scopes at Firebase, which has none. */
function reachOf(issuer: ScopeSources['issuers'][number], { clientScopes }: ScopeSources): Reach {
  const spellings = issuer.kind === 'firebase' ? none : spellingsOf(issuer)
  if (issuer.kind === 'cognito' && clientScopes) return spellingsOfClients(spellings, clientScopes)
  return () => spellings
}

/**
 * The options of remedies for callers of these issuers. A scope is named only where the caller's client can get it from
 * its issuer, and to an app of a third party only where such an app may have it. Credentials of signed requests get no
 * scope.
 */
export function remediesFor(sources: ScopeSources): RemedyOptions {
  const reaches = new Map(sources.issuers.map((issuer) => [issuer.name, reachOf(issuer, sources)]))
  const spell = (caller: User | Service, scope: string): string | undefined =>
    isOutOfReach(caller, scope) ? undefined : reaches.get(caller.issuer)?.(caller.clientId).get(scope)
  return { shownBy, spell }
}

/**
 * Whether no token gives this caller the scope. What a policy of a group withholds is withheld of the next token too.
 */
function isOutOfReach({ thirdParty, via, allowedScopes }: User | Service, scope: string): boolean {
  return via === 'iam' || (thirdParty && !isThirdPartyScope(scope)) || allowedScopes?.has(scope) === false
}
