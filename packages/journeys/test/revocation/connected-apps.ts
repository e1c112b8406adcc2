/** People with apps of third parties. Apps and tokens are stored as the issuer stores them. */
import { type Connection, connectApp } from '@fieldnotes/table/connected-apps'
import { storeOpaqueToken } from '@fieldnotes/table/test/opaque-tokens'
import { decodeJwt } from 'jose'
import { seconds } from '../support/next-second.ts'
import { personIdOf } from '../support/stored-session.ts'
import type { World } from './instances.ts'
import { newPerson } from './revoking.ts'

/** Scopes that an app of a third party can get, all of them. */
export const everything = 'notes:read notes:write notes:share notes:trash'

/** Tokens of one grant. */
interface Connected {
  readonly opaque: string
  /** A JWT of the same grant, as other doors take them. */
  readonly jwt: string
  readonly loginId: string
}

/** A person of one test alone. */
export interface Account {
  /** The person's own token. */
  readonly own: string
  readonly id: string
  /** Connects an app by one more grant. `at` is in seconds since the epoch. */
  readonly connect: (clientId: string, changes?: Partial<Connection>, at?: number) => Promise<Connected>
}

/** A person without an app. */
export async function newAccount({ access, tokenOf }: World): Promise<Account> {
  const name = newPerson()
  const own = await tokenOf(name)
  const id = personIdOf(own)
  const connect: Account['connect'] = async (clientId, changes = {}, at = seconds()) => {
    const loginId = `grant-${Math.random()}`
    const claims = { client_id: clientId, login_id: loginId, scope: everything, sub: id }
    const jwt = await tokenOf(name, { issuer: 'fieldnotes', claims })
    const read = decodeJwt(jwt)
    const shown = { name: 'Assistant', scopes: everything.split(' '), authTime: at - 60, expiresAt: at + 86_400 }
    await connectApp(access, { personId: id, clientId, loginId, ...shown, ...changes }, at * 1000)
    return { opaque: await storeOpaqueToken(access, { ...read, exp: Number(read.exp) }), jwt, loginId }
  }
  return { own, id, connect }
}
