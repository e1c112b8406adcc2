/** What only a developer's machine may have: emulators, plain HTTP, issuers without a public name, disabled checks. */
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import { acceptedIssuers, type CognitoIssuer, type FirebaseIssuer, type Issuer } from '../issuers/issuer.ts'
import { firebaseUrls } from '../issuers/issuer-urls.ts'
import type { Settings } from '../settings.ts'
import { environmentFaults } from './environment-faults.ts'
import { type Faults, faultsWhen } from './faults.ts'

/** Returns the faults of settings that are for a deployment. */
export function deployedFaults({ issuers, resource, environment }: Settings): Faults {
  return [...environmentFaults(environment), ...urlFaults('resource', resource), ...issuers.flatMap(issuerFaults)]
}

function issuerFaults(row: Issuer): Faults {
  return [
    ...acceptedIssuers(row).flatMap((issuer) => urlFaults(`${row.name}: issuer`, issuer)),
    ...urlFaults(`${row.name}: jwksUri`, row.jwksUri),
    ...(row.kind === 'cognito' ? cognitoFaults(row) : []),
    ...(row.kind === 'firebase' ? firebaseFaults(row) : []),
  ]
}

function urlFaults(what: string, text: string): Faults {
  return publicUrlFaults(text).map((fault) => `${what} ${fault}`)
}

/**
 * The URL of a pool such as `eu-west-1_AbC` at Amazon. Pools of cognito-local are named `local_…`, and their key is
 * public.
 */
const pool =
  /^https:\/\/(?:issuer-)?cognito-idp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z0-9-]+)_[A-Za-z0-9]+(?=$|\/)/

function cognitoFaults(row: CognitoIssuer): Faults {
  const foreign = [...acceptedIssuers(row), row.jwksUri].filter((url) => {
    const [, region, prefix] = pool.exec(url) ?? []
    return region === undefined || region !== prefix
  })
  return foreign.map(() => `${row.name}: not a user pool at Amazon`)
}

function firebaseFaults({ name, issuer, projectId, jwksUri }: FirebaseIssuer): Faults {
  const google = firebaseUrls(projectId)
  return faultsWhen(
    [issuer !== google.issuer, `${name}: issuer is not https://securetoken.google.com/ and the projectId`],
    [jwksUri !== google.jwksUri, `${name}: jwksUri is not ${google.jwksUri}`],
  )
}
