/** The items of revocations. The sort key has everything but the instant of sign-ins, so that an item is small. */
import { AppError } from '@fieldnotes/core/error'
import { isIssuerName } from '@fieldnotes/core/issuer-rules'
import {
  type Revocation,
  type RevocationKind,
  revocationStoredSeconds,
  revokedText,
  revokedUntil,
} from '@fieldnotes/core/revocation'
import { revocationKey } from './access-keys.ts'
import type { Item } from './writes.ts'

/**
 * The item of a revocation that is written at `now`, in seconds since the epoch.
 * @throws BAD_USER_INPUT for ids of the wrong form and for an instant after `now`
 */
export function revocationItem(revocation: Revocation, now: number): Item {
  const until = revokedUntil(revocation)
  const item = {
    ...revocationKey(now, revokedText(revocation)),
    expiresAt: now + revocationStoredSeconds,
    ...(until !== undefined && { at: until }),
  }
  // An entry that can't be read would make every reader refuse every caller.
  if (parseRevocationItem(item) === undefined) throw new AppError('BAD_USER_INPUT', 'a revocation of the wrong form')
  if (until !== undefined && until > now) throw new AppError('BAD_USER_INPUT', 'a revocation of sign-ins to come')
  return item
}

/** Whether a sign-in can be revoked by this id: 1 to 128 printable ASCII characters without `#`. */
export function isRevocable(loginId: string | undefined): boolean {
  return loginId !== undefined && identifierForm.test(loginId)
}

type Parse = (rest: string, at: number) => Revocation | undefined

const personForm = /^[\w-]{27}$/
const identifierForm = /^[!-"$-~]{1,128}$/

const parsers: Readonly<Record<RevocationKind, Parse>> = {
  person: (personId, at) => (personForm.test(personId) ? { kind: 'person', personId, at } : undefined),
  login: (loginId) => (identifierForm.test(loginId) ? { kind: 'login', loginId } : undefined),
  token: (rest) => {
    const [issuer, tokenId] = pairOf(rest)
    return isIssuerName(issuer) && identifierForm.test(tokenId) ? { kind: 'token', issuer, tokenId } : undefined
  },
  app: (rest, at) => {
    const [personId, clientId] = pairOf(rest)
    const fits = personForm.test(personId) && identifierForm.test(clientId)
    return fits ? { kind: 'app', personId, clientId, at } : undefined
  },
  client: (rest, at) => {
    const [issuer, clientId] = pairOf(rest)
    return isIssuerName(issuer) && identifierForm.test(clientId) ? { kind: 'client', issuer, clientId, at } : undefined
  },
  key: (thumbprint) => (/^[\w-]{43}$/.test(thumbprint) ? { kind: 'key', thumbprint } : undefined),
}

function pairOf(rest: string): readonly [string, string] {
  const mark = rest.indexOf('#')
  return mark < 0 ? [rest, ''] : [rest.slice(0, mark), rest.slice(mark + 1)]
}

/** The revocation of an item; undefined for an item that has not exactly the form of one. */
export function parseRevocationItem({ sk, at }: Item): Revocation | undefined {
  const [, kind = '', rest = ''] = /^\d{10}#([a-z]+)#(.+)$/.exec(sk) ?? []
  if (!Object.hasOwn(parsers, kind)) return undefined
  const revocation = parsers[kind as RevocationKind](rest, Number(at))
  return revocation && isInstant(at, revocation) ? revocation : undefined
}

function isInstant(at: unknown, revocation: Revocation): boolean {
  if (!('at' in revocation)) return at === undefined
  return typeof at === 'number' && Number.isSafeInteger(at) && at >= 0
}
