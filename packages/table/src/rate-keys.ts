/** The key of every item in the table `rates`. */
import type { Key } from './writes.ts'

/** What is counted: an application, which has an API key, or a client of a third party without one. */
export type RateSubject = 'APPLICATION' | 'CLIENT'

/** A bucket, with the quota of its day: one write takes from both. */
export function bucketKey(subject: RateSubject, id: string): Key {
  return { pk: `BUCKET#${subject}#${id}`, sk: 'BUCKET' }
}
