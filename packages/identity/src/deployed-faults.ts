/** What only a developer's machine may have: emulators, plain HTTP, issuers without a public name, switched-off checks. */
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import { environmentFaults } from './environment-faults.ts'
import { type Faults, when } from './faults.ts'
import type { FirebaseIssuer, Issuer } from './issuer.ts'
import { spellings } from './row-faults.ts'
import type { Settings } from './settings.ts'

/** Empty when nothing of a developer's machine is left. */
export function deployedFaults({ issuers, resource, environment }: Settings): Faults {
  return [...environmentFaults(environment), ...urlFaults('resource', resource), ...issuers.flatMap(issuerFaults)]
}

function issuerFaults(row: Issuer): Faults {
  return [
    ...spellings(row).flatMap((issuer) => urlFaults(`${row.name}: issuer`, issuer)),
    ...urlFaults(`${row.name}: jwksUri`, row.jwksUri),
    ...(row.kind === 'cognito' ? cognitoFaults(row.name, [...spellings(row), row.jwksUri]) : []),
    ...(row.kind === 'firebase' ? firebaseFaults(row) : []),
  ]
}

function urlFaults(what: string, text: string): Faults {
  return publicUrlFaults(text).map((fault) => `${what} ${fault}`)
}

/** A pool `eu-west-1_AbC` at Amazon. The pools of cognito-local are `local_…`, and everybody has their key. */
const pool =
  /^https:\/\/(?:issuer-)?cognito-idp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([a-z0-9-]+)_[A-Za-z0-9]+(?=$|\/)/

function cognitoFaults(name: string, urls: readonly string[]): Faults {
  const foreign = urls.filter((url) => {
    const [, region, prefix] = pool.exec(url) ?? []
    return region === undefined || region !== prefix
  })
  return foreign.map(() => `${name}: not a user pool at Amazon`)
}

const googleKeys = 'https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com'

function firebaseFaults({ name, issuer, projectId, jwksUri }: FirebaseIssuer): Faults {
  return when(
    [
      issuer !== `https://securetoken.google.com/${projectId}`,
      `${name}: issuer is not https://securetoken.google.com/ and the projectId`,
    ],
    [jwksUri !== googleKeys, `${name}: jwksUri is not ${googleKeys}`],
  )
}
