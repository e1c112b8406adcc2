/** A table Access for tests, and sessions in it. */
import { digestOf } from '@fieldnotes/table/digest'
import { createTable, type OpenTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { startEngine } from '@fieldnotes/table/test/engine'
import { createLocalKeys } from '../../scripts/local-keys.ts'
import { type CookieSecret, newCookieSecret } from '../../src/crypto/cookie-secret.ts'
import { createEnvelope } from '../../src/crypto/envelope.ts'
import { sealAccess } from '../../src/steps/access-box.ts'
import { createSession } from '../../src/store/open-sessions.ts'
import type { StoredSession } from '../../src/store/session-item.ts'

/** Seconds since the epoch, of a frozen clock. */
export const now = 1_800_000_000

/** Milliseconds since the epoch. */
export function clock(): number {
  return now * 1000
}

export const alice = 'a'.repeat(27)
export const bob = 'b'.repeat(27)

export const keys = createLocalKeys('a secret of this test')
export const envelope = createEnvelope(keys, clock)

/** Starts an engine with a new table. The caller stops it. */
export async function startTable(): Promise<{
  readonly table: OpenTable
  readonly config: TableConfig
  readonly stop: () => Promise<void>
}> {
  process.env.AWS_ACCESS_KEY_ID ??= 'local'
  process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
  const engine = await startEngine()
  const config = await engine.newTable('access')
  return { table: createTable(config), config, stop: engine.stop }
}

/** A session of alice that is not stored, with its cookie. */
export async function sessionFor(
  changes: Partial<StoredSession> = {},
): Promise<{ readonly cookie: CookieSecret; readonly session: StoredSession }> {
  const cookie = newCookieSecret()
  const id = digestOf(cookie)
  const session: StoredSession = {
    id,
    personId: alice,
    heldBy: 'pool',
    loginId: `login of ${id}`,
    userAgent: 'Firefox',
    signedInAt: now,
    firstSeen: now,
    lastSeen: now,
    idleEnd: now + 3600,
    absoluteEnd: now + 7200,
    version: 1,
    accessUntil: now + 900,
    access: sealAccess(cookie, id, { token: 'an access token', name: 'Alice', email: undefined }),
    refresh: await envelope.seal('a refresh token', id),
    ...changes,
  }
  return { cookie, session }
}

/** A stored session. */
export async function newSession(table: OpenTable, changes: Partial<StoredSession> = {}) {
  const made = await sessionFor(changes)
  await createSession(table, made.session)
  return made
}
