/** The application `limited` on the laptop: an API key with a small limit, to try what a limit does. */
import { hkdfSync } from 'node:crypto'
import { apiKeyOf, secretOf } from '@fieldnotes/api/api-key'
import type { Application } from '@fieldnotes/api/application'
import { addApplication } from '@fieldnotes/api/stored-applications'
import { digestOf } from '@fieldnotes/table/digest'
import { daySeconds } from '@fieldnotes/table/instants'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { unlessStored } from './unless-stored.ts'

/** Its id, and the client of our own issuer whose tokens its key accompanies. */
export const exampleApplication = 'limited'

const stage = 'local'

const tenYears = 10 * 365 * daySeconds

/** Its API key. It survives a restart. */
export function exampleApiKey(folderSecret: string): string {
  const bytes = new Uint8Array(hkdfSync('sha256', folderSecret, '', `API key of ${exampleApplication}`, 64))
  return apiKeyOf(stage, exampleApplication, secretOf(bytes))
}

/** Stores the application where it is not stored yet: what an operator has changed remains. */
export async function storeExample(access: TableConfig, folderSecret: string): Promise<void> {
  const now = Date.now()
  const createdAt = Math.floor(now / 1000)
  const application: Application = {
    id: exampleApplication,
    stage,
    clients: [`fieldnotes:${exampleApplication}`],
    keys: [{ digest: digestOf(exampleApiKey(folderSecret)), createdAt, endsAt: createdAt + tenYears }],
    limits: { burst: 20, perSecond: 10 },
  }
  await unlessStored(addApplication(createTable(access), application, now))
}
