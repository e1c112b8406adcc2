/**
 * What a right password, or another provider, has proved. It belongs to a time: every later step of the sign-in is
 * refused after the person's sign-ins have been ended, by a new password or by a global sign-out.
 */
import { randomBytes } from 'node:crypto'
import type { Person } from './pool-person.ts'

/** The person of a sign-in that has begun. */
export interface Proof {
  readonly sub: string
  /** The person's epoch at that time. */
  readonly epoch: string | undefined
}

/** The proof that a person is this one, now. */
export function proofOf({ sub, epoch }: Person): Proof {
  return { sub, epoch }
}

/** The person of a proof; undefined after the sign-ins have been ended. */
export function personOf({ sub, epoch }: Proof, bySub: (sub: string) => Person | undefined): Person | undefined {
  const person = bySub(sub)
  return person?.epoch === epoch ? person : undefined
}

/** The person with a new epoch: all proofs until now are refused. */
export function withNewEpoch(person: Person): Person {
  return { ...person, epoch: randomBytes(9).toString('base64url') }
}
