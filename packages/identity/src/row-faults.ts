/** Faults of one row of the table of issuers. Rows may come from JSON, so that the compiler's word is not enough. */
import { type Faults, isFullList, isListOfWords, isUrl, isWord, when } from './faults.ts'
import type { CognitoIssuer, FirebaseIssuer, Issuer, OidcIssuer } from './issuer.ts'

/** Empty when the row says everything that it must. */
export function rowFaults(row: Issuer): Faults {
  if (!Object.hasOwn(kinds, row.kind)) return [`${row.name}: kind is not one of ${Object.keys(kinds).join(', ')}`]
  const ofKind = kinds[row.kind] as (row: Issuer) => Faults
  return [...commonFaults(row), ...ofKind(row)].map((fault) => `${row.name}: ${fault}`)
}

/** Every `iss` that the row believes. */
export function spellings(row: Issuer): readonly string[] {
  return row.kind === 'cognito' && row.issuerAlias !== undefined ? [row.issuer, row.issuerAlias] : [row.issuer]
}

function commonFaults(row: Issuer): Faults {
  return when(
    [!/^[a-z][a-z0-9-]{0,31}$/.test(row.name), 'name is not short, of lower case letters, digits and hyphens'],
    [!spellings(row).every(isUrl), 'issuer is not a URL'],
    [!isUrl(row.jwksUri), 'jwksUri is not a URL'],
    [!isLifetime(row.lifetimeSecondsMax), 'lifetimeSecondsMax is not between 1 and 86,400'],
    [!isScopeTable(row.scopes), 'scopes is not a table of lists'],
  )
}

function isLifetime(seconds: number | undefined): boolean {
  return seconds === undefined || (seconds >= 1 && seconds <= 86_400)
}

function isScopeTable(table: unknown): boolean {
  return typeof table === 'object' && table !== null && Object.values(table).every(isListOfWords)
}

function cognitoFaults({ clientIds }: CognitoIssuer): Faults {
  return when([!isFullList(clientIds), 'clientIds is empty, so that any client’s token would do'])
}

function firebaseFaults({ projectId, tenant, defaultScopes }: FirebaseIssuer): Faults {
  return when(
    [!isWord(projectId), 'projectId is empty, so that any project’s token would do'],
    [tenant !== null && !isWord(tenant), 'tenant is not said; `null` means that tokens carry none'],
    [!isListOfWords(defaultScopes), 'defaultScopes is not a list'],
  )
}

function oidcFaults({
  audience,
  algorithms,
  clientIds,
  serviceClientIds,
  issuerAudiences,
  claims,
}: OidcIssuer): Faults {
  return when(
    [!isWord(audience), 'audience is empty, so that anybody’s token would do'],
    [!isFullList(algorithms) || !algorithms.every(isAlgorithm), 'algorithms is not a list of RS256 and ES256'],
    [
      !(clientIds === undefined || clientIds === null || isFullList(clientIds)),
      'clientIds is not a list of clients; `null` means every client of the issuer',
    ],
    [!isListOfWords(serviceClientIds ?? []), 'serviceClientIds is not a list of clients'],
    [!isListOfWords(issuerAudiences ?? []), 'issuerAudiences is not a list of audiences'],
    [!isClaimNames(claims), 'claims is not { clientId: `client_id` or `azp`, groups: a name }'],
  )
}

function isClaimNames(claims: OidcIssuer['claims']): boolean {
  const { clientId = 'client_id', groups = 'groups' } = claims ?? {}
  return ['client_id', 'azp'].includes(clientId) && isWord(groups)
}

function isAlgorithm(name: string): boolean {
  return name === 'RS256' || name === 'ES256'
}

const kinds = { cognito: cognitoFaults, firebase: firebaseFaults, oidc: oidcFaults }
