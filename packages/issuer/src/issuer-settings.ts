/** The settings of the issuer, and what is wrong with them. */
import type { GroupMode } from '@fieldnotes/core/group-policy'
import { publicUrlFaults } from '@fieldnotes/core/public-url'
import type { Issuer } from '@fieldnotes/identity/issuer'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { type Credentials, credentialsFaults, ownIssuerClients } from './clients/issuer-client.ts'
import { clientFaults } from './grants/client-faults.ts'
import { ownClientIds, ownRow } from './grants/client-rows.ts'
import type { HeldKeys } from './keys/held-key.ts'
import type { KeyService } from './keys/key-keeper.ts'
import { type ConfiguredKey, keyFaults } from './keys/key-ring.ts'
import { issuerPaths } from './metadata.ts'
import { type SignInSettings, signInFaults } from './sign-in/sign-in-settings.ts'

/** Everything that differs between the environments where the issuer runs. */
export interface IssuerSettings {
  /** `iss` of its tokens: an absolute URL with the path `/oauth`. */
  readonly issuer: string
  /** Origin of the API, whose paths are the targets. */
  readonly origin: string
  /** Whose tokens can be exchanged: rows of the endpoint's configuration, with that of the issuer itself. */
  readonly issuers: readonly Issuer[]
  /** App clients of the user pool in which people sign in. */
  readonly webClientIds: readonly string[]
  /** The table of clients, replays, revocations and policies of groups. */
  readonly access: TableConfig
  /** What holds for a person who is in no group with a policy; `open` when undefined. */
  readonly groups?: GroupMode
  readonly keys: readonly ConfiguredKey[]
  readonly keyService: KeyService | HeldKeys
  /** Credentials of the own clients, by their ids. */
  readonly credentials: Readonly<Record<string, Credentials>>
  /** Where people sign in for apps of this issuer. Without it, the issuer has no authorization endpoint. */
  readonly signIn?: SignInSettings
  /** Whether plain HTTP, loopback addresses and keys in memory are accepted. Say `refuse` in every deployment. */
  readonly loopbackIssuers: 'refuse' | 'trust'
}

/** @throws Error that lists every fault, one a line, and quotes no credential */
export function assertIssuerSettings(settings: IssuerSettings): void {
  const faults = [
    ...addressFaults(settings),
    ...ownClientIds.flatMap((id) => clientFaults(ownRow(id), 'own').map((fault) => `${id}: ${fault}`)),
    ...ownIssuerClients(settings.credentials).flatMap(({ id, row, credentials }) =>
      credentialsFaults(row.auth, credentials).map((fault) => `${id}: ${fault}`),
    ),
    ...keyFaults(settings.keys),
    ...(settings.signIn ? signInFaults(settings.signIn, settings) : []),
    ...(settings.loopbackIssuers === 'trust' ? [] : deployedFaults(settings)),
  ]
  if (faults.length > 0) throw new Error(['the issuer does not start:', ...faults].join('\n- '))
}

function addressFaults({ issuer, origin, issuers, webClientIds }: IssuerSettings): readonly string[] {
  const row = issuers.find(({ kind }) => kind === 'fieldnotes')
  return [
    ...(isAt(issuer, issuerPaths.issuer) ? [] : [`issuer: not a URL with the path ${issuerPaths.issuer} alone`]),
    ...(isAt(origin, '') ? [] : ['origin: not an origin']),
    ...(row?.issuer === issuer ? [] : ['issuers: the row fieldnotes is not of this issuer']),
    ...(webClientIds.length > 0 ? [] : ['webClientIds: empty, so that no token of the user pool could be exchanged']),
  ]
}

/** Whether a URL is an origin and this path, in the one spelling that `URL` gives. */
function isAt(url: string, path: string): boolean {
  return URL.canParse(url) && new URL(url).origin + path === url
}

function deployedFaults({ issuer, origin, keyService }: IssuerSettings): readonly string[] {
  return [
    ...publicUrlFaults(issuer).map((fault) => `issuer ${fault}`),
    ...publicUrlFaults(origin).map((fault) => `origin ${fault}`),
    ...('isHeld' in keyService ? ['keys: their private halves are in this process'] : []),
  ]
}
