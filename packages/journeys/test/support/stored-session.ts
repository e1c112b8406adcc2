/** Browser sessions of people, stored as the sign-in of a browser stores them. */
import { personId } from '@fieldnotes/identity/person-id'
import { sessionKey } from '@fieldnotes/table/access-keys'
import { digestOf } from '@fieldnotes/table/digest'
import { entryItem, type ListedSession } from '@fieldnotes/table/session-entries'
import type { Table } from '@fieldnotes/table/table'
import { decodeJwt } from 'jose'
import { seconds } from './next-second.ts'

/** The id of the person of a token. */
export function personIdOf(token: string): string {
  const { iss = '', sub = '' } = decodeJwt(token)
  return personId(iss, sub)
}

/** Stores a session of the person of a token. Returns its id, as GraphQL has it. */
export async function storeSession(
  access: Pick<Table, 'transact'>,
  token: string,
  changes: Partial<ListedSession> = {},
): Promise<string> {
  const [owner, id, now] = [personIdOf(token), digestOf(`cookie ${Math.random()}`), seconds()]
  const seen = { signedInAt: now - 60, firstSeen: now - 60, lastSeen: now - 30 }
  const ends = { idleEnd: now + 3600, absoluteEnd: now + 7200 }
  const session = { id, loginId: 'login', userAgent: 'Firefox', ...seen, ...ends, ...changes }
  const when = [[['absent', 'pk']]] as const
  await access.transact([
    { put: { ...sessionKey(id), personId: owner, version: 1 }, when },
    { put: entryItem(owner, session), when },
  ])
  return Buffer.from(`Session:${id}`).toString('base64url')
}
