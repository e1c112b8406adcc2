/** Checks one issuer. Settings may come from JSON, so types that the compiler would check are checked again. */
import { isIssuerName, issuerLifetimeSecondsMax } from '@fieldnotes/core/issuer-rules'
import {
  acceptedIssuers,
  type CognitoIssuer,
  type FieldnotesIssuer,
  type FirebaseIssuer,
  type Issuer,
  type OidcIssuer,
} from '../issuers/issuer.ts'
import { type Faults, faultsWhen, isFilledTextList, isText, isTextList, isUrl } from './faults.ts'

/** Returns the faults of one issuer, each with the issuer's name. */
export function rowFaults(row: Issuer): Faults {
  if (!Object.hasOwn(kinds, row.kind)) return [`${row.name}: kind is not one of ${Object.keys(kinds).join(', ')}`]
  const ofKind = kinds[row.kind] as (row: Issuer) => Faults
  return [...commonFaults(row), ...ofKind(row)].map((fault) => `${row.name}: ${fault}`)
}

function commonFaults(row: Issuer): Faults {
  return faultsWhen(
    [!isIssuerName(row.name), 'name is not short, of lower case letters, digits and hyphens'],
    [(row.name === 'fieldnotes') !== (row.kind === 'fieldnotes'), 'the name fieldnotes is for the kind fieldnotes'],
    [!acceptedIssuers(row).every(isUrl), 'issuer is not a URL'],
    [!isUrl(row.jwksUri), 'jwksUri is not a URL'],
    [
      !isLifetime(row.lifetimeSecondsMax),
      `lifetimeSecondsMax is not between 1 and ${issuerLifetimeSecondsMax.toLocaleString('en')}`,
    ],
    [!isScopeTable(row.scopes), 'scopes is not a table of lists'],
  )
}

function isLifetime(seconds: number | undefined): boolean {
  return seconds === undefined || (seconds >= 1 && seconds <= issuerLifetimeSecondsMax)
}

function isScopeTable(table: unknown): boolean {
  return typeof table === 'object' && table !== null && Object.values(table).every(isTextList)
}

function cognitoFaults({ clientIds }: CognitoIssuer): Faults {
  return faultsWhen([!isFilledTextList(clientIds), 'clientIds is empty, so that any client’s token would do'])
}

function firebaseFaults({ projectId, tenant, defaultScopes }: FirebaseIssuer): Faults {
  return faultsWhen(
    [!isText(projectId), 'projectId is empty, so that any project’s token would do'],
    [tenant !== null && !isText(tenant), 'tenant is not said; `null` means that tokens carry none'],
    [!isTextList(defaultScopes), 'defaultScopes is not a list'],
  )
}

function oidcFaults(row: OidcIssuer): Faults {
  const { audience, algorithms, clientIds = null, serviceClientIds, issuerAudiences, claims } = row
  return faultsWhen(
    [!isText(audience), 'audience is empty, so that any audience’s token would do'],
    [!isFilledTextList(algorithms) || !algorithms.every(isAlgorithm), 'algorithms is not a list of RS256 and ES256'],
    [
      clientIds !== null && !isFilledTextList(clientIds),
      'clientIds is not a list of clients; `null` means every client of the issuer',
    ],
    [!isTextList(serviceClientIds ?? []), 'serviceClientIds is not a list of clients'],
    [!isTextList(issuerAudiences ?? []), 'issuerAudiences is not a list of audiences'],
    [!isClaimNames(claims), 'claims is not { clientId: `client_id` or `azp`, groups: a name }'],
  )
}

function fieldnotesFaults({ firstPartyClientIds }: FieldnotesIssuer): Faults {
  return faultsWhen([!isTextList(firstPartyClientIds), 'firstPartyClientIds is not a list of clients'])
}

function isClaimNames(claims: OidcIssuer['claims']): boolean {
  const { clientId = 'client_id', groups = 'groups' } = claims ?? {}
  return ['client_id', 'azp'].includes(clientId) && isText(groups)
}

function isAlgorithm(name: string): boolean {
  return name === 'RS256' || name === 'ES256'
}

const kinds = { cognito: cognitoFaults, firebase: firebaseFaults, oidc: oidcFaults, fieldnotes: fieldnotesFaults }
