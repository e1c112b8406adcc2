/**
 * Where the people of the examples have signed in. A token of our own issuer that `npm run token` prints is as after a
 * sign-in of the command line at the user pool, so that the pool is informed when its holder signs out everywhere.
 */
import { personId } from '@fieldnotes/identity/person-id'
import { daySeconds, seconds } from '@fieldnotes/table/instants'
import { keepSource } from '@fieldnotes/table/sign-in-sources'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { usualPeople } from '../person-names.ts'
import { cognitoSubject } from './token-claims.ts'

/** Stores the sources, for the longest time that a sign-in of the command line lasts. */
export async function storeExampleSources(access: TableConfig, pool: string): Promise<void> {
  const table = createTable(access)
  const until = seconds(Date.now()) + 30 * daySeconds
  const keep = (subject: string) => keepSource(table, personId(pool, subject), { issuer: 'cognito', subject }, until)
  await Promise.all(usualPeople.map((person) => keep(cognitoSubject(person))))
}
