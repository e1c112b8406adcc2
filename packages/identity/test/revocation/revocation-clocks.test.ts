/** What a revocation with an instant spares when the clock of the issuer is ahead of the clock that revokes. */
import type { Revocation } from '@fieldnotes/core/revocation'
import { describe, expect, it } from 'vitest'
import { createRevocationList } from '../../src/revocation/revocation-list.ts'
import { authenticate, identityWith, outcomeOf } from '../kit/identities.ts'
import { type Members, mint, type Shape, shapes } from '../kit/mint.ts'
import { now } from '../kit/rows.ts'

const revoked = 'UNAUTHENTICATED revoked'
const ahead = 'UNAUTHENTICATED signed_in_ahead'

/** A service and an instance whose clock tests move. The entry exists from the start unless it is added. */
function serviceWith(...entries: Revocation[]) {
  let seconds = now
  const clock = () => seconds * 1000
  const options = { read: () => entries, clock, windowSeconds: 3900, log: () => undefined }
  const identity = identityWith({ isRevoked: createRevocationList(options), clock })
  return {
    outcome: (token: string) => outcomeOf(authenticate(identity, token)),
    add: (entry: Revocation) => entries.push(entry),
    wait: (more: number) => {
      seconds += more
    },
  }
}

/** A token of a sign-in `seconds` after `now`, by the issuer's clock. */
function signedIn(shape: Shape, seconds: number, claims: Members = {}): string {
  return mint(shape, { iat: now + Math.min(seconds, 10), auth_time: now + seconds, ...claims })
}

async function idsOf(shape: Shape): Promise<{ personId: string; clientId: string }> {
  const principal = await authenticate(identityWith(), mint(shape))
  if (principal.kind === 'anonymous') throw new Error('no caller')
  return { personId: principal.id, clientId: principal.clientId ?? '' }
}

/** The kinds with an instant, as entries of `at` for the caller of a token. */
const kinds: readonly (readonly [string, (ids: { personId: string; clientId: string }, at: number) => Revocation])[] = [
  ['person', ({ personId }, at) => ({ kind: 'person', personId, at })],
  ['app', ({ personId, clientId }, at) => ({ kind: 'app', personId, clientId, at })],
  ['client', ({ clientId }, at) => ({ kind: 'client', issuer: 'cognito', clientId, at })],
]

describe.each(kinds)('a revocation of the kind %s, by the issuer’s clock', (_kind, entryOf) => {
  const shape = shapes.cognito

  it('refuses a sign-in in its own second, and accepts one a second later', async () => {
    const { outcome } = serviceWith(entryOf(await idsOf(shape), now))
    for (const seconds of [-60, -1, 0]) expect(await outcome(signedIn(shape, seconds))).toBe(revoked)
    for (const seconds of [1, 2, 10]) expect(await outcome(signedIn(shape, seconds))).toBe('accepted')
  })

  it('spares sign-ins by a clock ahead; of those accepted before it, none by more than 10 seconds', async () => {
    const { outcome, add, wait } = serviceWith()
    const [same, next, last, beyond] = [0, 1, 10, 11].map((seconds) => signedIn(shape, seconds)) as [
      string,
      string,
      string,
      string,
    ]
    for (const token of [same, next, last]) expect(await outcome(token)).toBe('accepted')
    expect(await outcome(beyond)).toBe(ahead)
    add(entryOf(await idsOf(shape), now))
    wait(5)
    expect(await outcome(same)).toBe(revoked)
    for (const token of [next, last, beyond]) expect(await outcome(token)).toBe('accepted')
  })

  it('reaches them all when it is repeated 10 seconds later, and no later sign-in', async () => {
    const { outcome, add, wait } = serviceWith()
    const tokens = [0, 1, 10].map((seconds) => signedIn(shape, seconds))
    for (const token of tokens) expect(await outcome(token)).toBe('accepted')
    wait(10)
    add(entryOf(await idsOf(shape), now + 10))
    for (const token of tokens) expect(await outcome(token)).toBe(revoked)
    expect(await outcome(signedIn(shape, 11))).toBe('accepted')
  })

  it('is not evaded by a refresh: iat does not count', async () => {
    const { outcome } = serviceWith(entryOf(await idsOf(shape), now))
    expect(await outcome(signedIn(shape, 0, { iat: now + 10, jti: 'refreshed' }))).toBe(revoked)
    expect(await outcome(signedIn(shape, 1, { iat: now + 10, jti: 'signed-in' }))).toBe('accepted')
  })
})
