/** Rows of the table of grants, one for each profile. */
import type { ClientRow } from '../../src/grants/client-rows.ts'

/** A row of the profile `machine` without a fault. */
export const machine = {
  profile: 'machine',
  auth: 'client_secret_basic',
  grants: { client_credentials: { targets: { graphql: ['notes:read'] }, lifetimeSeconds: 60 } },
} as const satisfies ClientRow

/** A row of the profile `app` without a fault. */
export const app = {
  profile: 'app',
  auth: 'none',
  grants: {
    code: {
      ...{ title: 'An app', redirectUris: ['http://127.0.0.1/callback'], targets: { graphql: ['notes:read'] } },
      ...{ lifetimeSeconds: 60, refreshSeconds: 3600 },
    },
  },
} as const satisfies ClientRow

/** A row of the profile `google` without a fault. */
export const google = {
  profile: 'google',
  auth: 'client_secret_post',
  grants: {
    code: { ...app.grants.code, redirectUris: ['https://oauth-redirect.googleusercontent.com/r/demo'] },
  },
} as const satisfies ClientRow

/** A row of the profile `alexa` without a fault. */
export const alexa = {
  profile: 'alexa',
  auth: 'client_secret_basic',
  requiresPkce: false,
  grants: {
    code: {
      ...app.grants.code,
      redirectUris: ['https://layla.amazon.com/api/skill/link/M2A', 'https://alexa.amazon.co.jp/api/skill/link/M2A'],
    },
  },
} as const satisfies ClientRow

/** A row of the profile `session` without a fault. */
export const session = {
  profile: 'session',
  auth: 'client_secret_basic',
  grants: {
    sign_in: {
      ...{ receives: 'graphql', subjects: ['firebase'], signInSecondsMax: 300, targets: { graphql: ['notes:read'] } },
      ...{ lifetimeSeconds: 60, refreshSeconds: 3600 },
    },
  },
} as const satisfies ClientRow

/** A row of the profile `service` without a fault. */
export const service = {
  profile: 'service',
  auth: 'private_key_jwt',
  grants: {
    exchange: { receives: 'graphql', subjects: ['web'], targets: { exporter: ['notes:read'] }, lifetimeSeconds: 60 },
  },
} as const satisfies ClientRow
