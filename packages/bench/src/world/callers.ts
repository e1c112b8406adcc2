/**
 * The callers. Every peer gets the verified principal by one look-up of the `Authorization` header, so that no peer
 * pays for authentication.
 */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'

function user(id: string, scopes: readonly string[], groups: readonly string[] = []): Principal {
  const members = { issuer: 'bench', clientId: 'bench', expiresAt: Number.MAX_SAFE_INTEGER }
  return sampleUser({ ...members, id, name: id, scopes: new Set(scopes), groups: new Set(groups) })
}

const every = ['notes:read', 'notes:internal', 'users:email']

/** Callers by name. */
export const callers = {
  full: user('u1', every),
  partial: user('u1', ['notes:read']),
  scopeless: user('u1', []),
  admin: user('u3', every, ['bench:admin']),
  anonymous,
} satisfies Record<string, Principal>

/** Name of a caller. */
export type CallerName = keyof typeof callers

/** The context of every peer. */
export interface Context {
  readonly principal: Principal
}

const byHeader = new Map<string, Principal>(
  Object.entries(callers).map(([name, principal]) => [`Bearer ${name}`, principal]),
)

/** The verified caller of a header: one map look-up, the same for all peers. */
export function callerOf(authorization: string | undefined): Principal {
  return byHeader.get(authorization ?? '') ?? anonymous
}
