import type { TestProject } from 'vitest/node'
import { evaluate } from '../src/graph/evaluate.ts'
import type { Graph } from '../src/graph/graph.ts'
import { installPlatform } from '../src/platform.ts'
import { requiredSecrets } from '../src/required-secrets.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Production, as deployed for the first time. */
    readonly production: Graph
    /** A preview that has alarms, by a setting. */
    readonly preview: Graph
    /** A personal stage with no setting except the secret. */
    readonly personal: Graph
    /** Production with every optional setting. */
    readonly everything: Graph
  }
}

const secrets = requiredSecrets
const env = { FIELDNOTES_ORIGINS: 'https://notes.example.com,https://admin.example.com' }

const issuers = ['auth0', 'okta'].map((name) => ({
  name,
  issuer: `https://login.${name}.example.com/`,
  jwksUri: `https://login.${name}.example.com/keys`,
  audience: 'https://api.example.com/graphql',
  clientIds: ['web'],
}))

const options = {
  FIELDNOTES_DOMAIN: 'api.example.com',
  FIELDNOTES_ISSUER_DOMAIN: 'auth.example.com',
  FIELDNOTES_SIGNING_KEYS: '1:removed,2:retiring,3:active',
  FIELDNOTES_WEB_DOMAIN: 'app.example.com',
  FIELDNOTES_FIREBASE_PROJECT: 'fieldnotes-1234',
  FIELDNOTES_FIREBASE_API_KEY: 'AIzaSy-0123456789_abcdefghijklmnopqrst',
  FIELDNOTES_ISSUERS: JSON.stringify(issuers),
  FIELDNOTES_OPERATIONS: 'listed',
  FIELDNOTES_EXECUTOR: 'graphql-js',
  FIELDNOTES_ALARM_EMAIL: 'operator@example.com',
  FIELDNOTES_BUDGET: '250',
  FIELDNOTES_PASSKEYS: 'on',
  FIELDNOTES_SESSIONS: 'on',
  FIELDNOTES_GATE_DENIES: 'on',
  FIELDNOTES_GROUPS: 'governed',
  FIELDNOTES_API_KEYS: 'demanded',
  FIELDNOTES_IAM_SERVICES: '{"arn:aws:sts::123456789012:assumed-role/reports":["notes:read"]}',
  FIELDNOTES_PROVISIONED: '2',
  FIELDNOTES_TABLE: 'notes-restored',
}

const providers = {
  GoogleClientId: 'google-client',
  GoogleClientSecret: 'google-secret',
  SamlMetadataUrl: 'https://login.example.com/metadata',
  OidcIssuer: 'https://login.example.com',
  OidcClientId: 'oidc-client',
  OidcClientSecret: 'oidc-secret',
}

/** Evaluates each stage once for all tests of the package. */
export async function setup({ provide }: TestProject): Promise<void> {
  await installPlatform()
  const all = { ...env, ...options }
  const [production, preview, personal, everything] = await Promise.all([
    evaluate({ stage: 'production', secrets, env }),
    evaluate({ stage: 'pr-7', secrets, env: { ...env, FIELDNOTES_ALARMS: 'on' } }),
    evaluate({ stage: 'alice', secrets, env: { FIELDNOTES_ORIGINS: '' } }),
    evaluate({ stage: 'production', secrets: { ...secrets, ...providers }, env: all }),
  ])
  provide('production', production)
  provide('preview', preview)
  provide('personal', personal)
  provide('everything', everything)
}
