/** The key of every item in the table `rates`. Both kinds of counter have partitions of their own. */
import type { Key } from './writes.ts'

/** What is counted: a person, an API key (its id is the digest of the secret), or a client. */
export type RateSubject = 'CLIENT' | 'KEY' | 'PERSON'

/** A bucket: how often (GCRA, ITU-T I.371). */
export function bucketKey(subject: RateSubject, id: string): Key {
  return { pk: `BUCKET#${subject}#${id}`, sk: 'BUCKET' }
}

/** A quota: how much in one day, `2026-11-26` in UTC. */
export function quotaKey(subject: RateSubject, id: string, day: string): Key {
  return { pk: `QUOTA#${subject}#${id}`, sk: day }
}
