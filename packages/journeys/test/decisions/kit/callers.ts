/** The kinds of caller with the facts that decide. The facts are written by hand, not derived from rules. */

import { type IssuerName, mint } from '@fieldnotes/local/local-issuers'
import { clientId, machineClientId, ownClientId } from '@fieldnotes/local/token-claims'
import type { Endpoint } from './endpoint.ts'

/** A scope without its prefix. */
export type Right = 'read' | 'write' | 'share' | 'trash' | 'audit'

/** Facts about a caller, independent of the endpoint. */
export interface CallerFacts {
  readonly kind: 'anonymous' | 'person' | 'service'
  /** The person; two callers with the same `who` are one person with two tokens. */
  readonly who: string
  readonly rights: readonly Right[]
  /** Member of the group that may read e-mail addresses and sizes: `staff` of the user pool, and of no other issuer. */
  readonly staff: boolean
  /**
   * Whether the client belongs to another party: any client of our own issuer but the command line. The other issuers
   * of this world list their clients. Clients of an added issuer that lists none are in `add-an-issuer.test.ts`.
   */
  readonly thirdParty: boolean
}

/** A kind of caller, with the issuer of its token. */
export interface CallerKind extends CallerFacts {
  readonly name: string
  readonly issuer: IssuerName
  readonly groups: readonly string[]
  /** The OAuth client that got the token; null at Firebase, which has none. */
  readonly client: string | null
}

const usual: readonly Right[] = ['read', 'write', 'share', 'trash']

interface Changes {
  readonly rights?: readonly Right[]
  readonly issuer?: IssuerName
  readonly groups?: readonly string[]
  readonly kind?: CallerFacts['kind']
  /** A client other than the issuer's usual one. */
  readonly client?: string
}

/**
 * What clients can get from their issuer, by hand: an authorization server refuses every other scope. Null is the
 * client of Firebase, where no app requests scopes. Tokens with more are those of a client that had more before.
 */
const obtainable = new Map<string | null, readonly Right[]>([
  [null, []],
  [clientId, usual],
  [machineClientId, ['read']],
])

/** Whether this client can get a token with the scopes. A client of our own issuer can get every scope. */
export function canObtain({ client }: Pick<CallerKind, 'client'>, rights: readonly Right[]): boolean {
  const most = obtainable.get(client)
  return most === undefined || rights.every((right) => most.includes(right))
}

const usualClients: Readonly<Record<IssuerName, string | null>> = {
  cognito: clientId,
  firebase: null,
  fieldnotes: ownClientId,
}

function kind(name: string, who: string, changes: Changes = {}): CallerKind {
  const { rights = usual, issuer = 'cognito', groups = [] } = changes
  const staff = issuer === 'cognito' && groups.includes('staff')
  const usualClient = changes.kind === 'service' && issuer === 'cognito' ? machineClientId : usualClients[issuer]
  const client = changes.client ?? usualClient
  const thirdParty = issuer === 'fieldnotes' && client !== 'terminal'
  return { name, who, kind: changes.kind ?? 'person', rights, issuer, groups, client, staff, thirdParty }
}

/** alice owns, bob reads, dave edits; stella and frank read and claim to be staff; carol and sam have no share. */
export const callers = [
  kind('anonymous', '', { kind: 'anonymous', rights: [] }),
  kind('the owner', 'alice'),
  kind('a viewer', 'bob'),
  kind('an editor', 'dave'),
  kind('a stranger of another issuer', 'carol', { issuer: 'firebase' }),
  kind('a stranger who is met nowhere', 'zoe'),
  kind('a stranger in staff', 'sam', { groups: ['staff'] }),
  kind('a viewer in staff', 'stella', { groups: ['staff'] }),
  kind("a viewer in another issuer's staff", 'frank', { issuer: 'firebase', groups: ['staff'] }),
  kind('the owner in staff', 'alice', { groups: ['other', 'staff'] }),
  kind('the owner in a group that only looks like staff', 'alice', { groups: ['Staff', 'staff ', 'cognito:staff'] }),
  kind('the owner who audits', 'alice', { rights: ['read', 'audit'] }),
  kind('the owner who reads', 'alice', { rights: ['read'] }),
  kind('the owner who writes', 'alice', { rights: ['write'] }),
  kind('the owner who writes and audits', 'alice', { rights: ['write', 'audit'] }),
  kind('the owner in staff who writes', 'alice', { rights: ['write'], groups: ['staff'] }),
  kind('the owner who shares', 'alice', { rights: ['share'] }),
  kind('the owner who trashes', 'alice', { rights: ['trash'] }),
  kind('the owner who audits blindly', 'alice', { rights: ['audit'] }),
  kind('the owner without any right', 'alice', { rights: [] }),
  kind('the owner by our own issuer', 'alice', { issuer: 'fieldnotes' }),
  kind('the owner by a third party', 'alice', { issuer: 'fieldnotes', client: 'assistant' }),
  kind('the owner by a third party that writes', 'alice', {
    issuer: 'fieldnotes',
    client: 'Terminal',
    rights: ['write'],
  }),
  kind('a viewer who reads', 'bob', { rights: ['read'] }),
  kind('a viewer who audits', 'bob', { rights: ['read', 'audit'] }),
  kind('a viewer who shares', 'bob', { rights: ['read', 'share'] }),
  kind('a viewer by a third party', 'bob', { issuer: 'fieldnotes', client: 'assistant' }),
  kind('a stranger whom only a third party knows', 'tess', { issuer: 'fieldnotes', client: 'assistant' }),
  kind('an editor who reads', 'dave', { rights: ['read'] }),
  kind('an editor who audits', 'dave', { rights: ['read', 'audit'] }),
  kind('an editor in staff', 'dave', { groups: ['staff'] }),
  kind('an editor who writes', 'dave', { rights: ['write'] }),
  kind('a service', 'machine', { kind: 'service', rights: ['read', 'write'] }),
  kind('a service in staff', 'machine', { kind: 'service', rights: ['read', 'write'], groups: ['staff'] }),
  kind('a service who reads', 'machine', { kind: 'service', rights: ['read'] }),
  kind('a service who shares', 'machine', { kind: 'service', rights: ['share'] }),
  kind('a service of our own issuer', 'robot', {
    kind: 'service',
    rights: ['read', 'write'],
    issuer: 'fieldnotes',
    client: 'robot',
  }),
] as const satisfies readonly CallerKind[]

/** Claims of a person, which the token of a service lacks. */
const noPerson = {
  username: undefined,
  name: undefined,
  email: undefined,
  email_verified: undefined,
  auth_time: undefined,
  login_id: undefined,
}

/** Claims that differ from those that the local cloud gives to a person. */
function claimsOf({ kind, client }: CallerKind) {
  return { ...(client !== null && { client_id: client }), ...(kind === 'service' && { ...noPerson, sub: client }) }
}

/**
 * A signed token of this caller, who signed in so many seconds ago; `undefined` for the anonymous one. `openid` is a
 * scope without a meaning here.
 */
export async function tokenOf(
  { issuers }: Pick<Endpoint, 'issuers'>,
  caller: CallerKind,
  signedInAgo = 0,
): Promise<string | undefined> {
  const { kind, issuer, who, rights, groups } = caller
  const row = issuers.find(({ name }) => name === issuer)
  if (!row) throw new Error(`no issuer ${issuer}`)
  if (kind === 'anonymous') return undefined
  const issuedAt = Math.floor(Date.now() / 1000)
  const scope = ['openid', ...rights.map((right) => `notes:${right}`)].join(' ')
  const signedIn = kind === 'person' && { auth_time: issuedAt - signedInAgo }
  const contents = { person: who, issuedAt, expiresAt: issuedAt + 3600, scope, groups }
  return mint(row, contents, { ...signedIn, ...claimsOf(caller) })
}
