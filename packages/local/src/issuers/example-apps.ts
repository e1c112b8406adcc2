/** Two apps of third parties on the laptop, stored and judged as those of a stage, to try what an app may do. */
import type { AlexaRow, GoogleRow } from '@fieldnotes/issuer/app-rows'
import { grantTypesOf } from '@fieldnotes/issuer/client-rows'
import { clientSecretOf } from '@fieldnotes/issuer/client-secret'
import { addClient } from '@fieldnotes/issuer/stored-clients'
import { digestOf } from '@fieldnotes/table/digest'
import { daySeconds } from '@fieldnotes/table/instants'
import { createTable } from '@fieldnotes/table/table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { unlessStored } from '../unless-stored.ts'
import type { ListedClient } from './clients-file.ts'

const lifetimes = { lifetimeSeconds: 300, refreshSeconds: 180 * daySeconds } as const

/** Client → its row. */
const exampleApps = {
  /** Links accounts as Google does. */
  assistant: {
    profile: 'google',
    auth: 'client_secret_post',
    grants: {
      code: {
        ...{ title: 'Homestead Assistant', ...lifetimes },
        redirectUris: [
          'https://oauth-redirect.googleusercontent.com/r/demo-fieldnotes',
          'https://oauth-redirect-sandbox.googleusercontent.com/r/demo-fieldnotes',
        ],
        targets: { graphql: ['notes:read', 'notes:write', 'notes:share', 'notes:trash'] },
      },
    },
  },
  /** Links accounts as Alexa does, without its switch for PKCE. */
  skill: {
    profile: 'alexa',
    auth: 'client_secret_basic',
    requiresPkce: false,
    grants: {
      code: {
        ...{ title: 'Fieldnotes Skill', ...lifetimes },
        redirectUris: [
          'https://layla.amazon.com/api/skill/link/M2DEMOFIELDNOTES',
          'https://pitangui.amazon.com/api/skill/link/M2DEMOFIELDNOTES',
          'https://alexa.amazon.co.jp/api/skill/link/M2DEMOFIELDNOTES',
        ],
        targets: { graphql: ['notes:read', 'notes:write'] },
      },
    },
  },
} as const satisfies Readonly<Record<string, GoogleRow | AlexaRow>>

/** The apps, for `clients.json`. Their secrets survive a restart. */
export function listedExampleApps(folderSecret: string): readonly ListedClient[] {
  return Object.entries(exampleApps).map(([id, row]) => ({
    ...{ name: id, client_id: id, client_secret: clientSecretOf(id, folderSecret) },
    ...{ redirect_uris: row.grants.code.redirectUris, grants: grantTypesOf(row) },
  }))
}

/** Stores the apps where they are not stored yet: what an operator has changed remains. */
export async function storeExampleApps(access: TableConfig, folderSecret: string): Promise<void> {
  const table = createTable(access)
  const store = (id: string, row: GoogleRow | AlexaRow) => {
    const credentials = { secretDigests: [digestOf(clientSecretOf(id, folderSecret))] }
    return unlessStored(addClient(table, { id, row, credentials }, Date.now()))
  }
  await Promise.all(Object.entries(exampleApps).map(([id, row]) => store(id, row)))
}
