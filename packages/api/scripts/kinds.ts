/**
 * Kinds of callers: the columns of the permission matrix. Ownership and shares are no kinds; the cells say where they
 * decide.
 */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import type { Kinds } from '@fieldnotes/policy/matrix'

interface Differences {
  readonly groups?: readonly string[]
  readonly thirdParty?: boolean
}

function known(scopes: readonly string[], { groups = [], thirdParty = false }: Differences) {
  return {
    id: 'caller',
    issuer: 'cognito',
    subject: 'caller',
    clientId: 'app',
    scopes: new Set(scopes.map((scope) => `notes:${scope}`)),
    groups: new Set(groups),
    authenticatedAt: undefined,
    tokenId: undefined,
    loginId: undefined,
    actor: undefined,
    thirdParty,
    boundTo: undefined,
    via: 'bearer' as const,
    expiresAt: 4_000_000_000,
  }
}

function person(scopes: readonly string[], differences: Differences = {}): Principal {
  return Object.freeze({ kind: 'user', ...known(scopes, differences), name: undefined, email: undefined })
}

function service(scopes: readonly string[]): Principal {
  return Object.freeze({ kind: 'service', ...known(scopes, {}) })
}

const usual = ['read', 'write', 'share', 'trash']

/**
 * By name, in the order of the columns. A person has the usual scopes unless the name lists others. *third party* is a
 * person whose client is not the product's own.
 */
export const kinds: Kinds = {
  anonymous,
  person: person(usual),
  staff: person(usual, { groups: ['cognito:staff'] }),
  'third party': person(usual, { thirdParty: true }),
  service: service(['read', 'write']),
  'person, read': person(['read']),
  'person, read + audit': person(['read', 'audit']),
  'person, write': person(['write']),
  'person, share': person(['share']),
  'person, trash': person(['trash']),
  'person, no scope': person([]),
}
