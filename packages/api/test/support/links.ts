/** Links and variables of a deployed function, with one member changed. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type Links, parseConfig } from '../../src/config/parse-config.ts'

/** Variables of a deployed function. */
export const environment = { NODE_ENV: 'production' }

/** A key in PEM. */
export function pem(key: KeyObject): string {
  return String(key.export({ format: 'pem', type: key.type === 'public' ? 'spki' : 'pkcs8' }))
}

/** The key of the service account. */
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The private key of the service account in PEM. */
export const key = pem(rsa.privateKey)

/** A service account as Google writes it. */
export const account = { project_id: 'fieldnotes-1234', client_email: 'a@example.com', private_key: key }

/** The links of a complete deployment. */
export const links = {
  App: { name: 'fieldnotes', stage: 'production' },
  Notes: {
    resource: 'https://api.example.com/graphql',
    region: 'eu-west-1',
    tableName: 'fieldnotes-production-Table',
    accessTableName: 'fieldnotes-production-AccessTable',
    ratesTableName: 'fieldnotes-production-RatesTable',
    apiKeys: 'optional',
    userPoolId: 'eu-west-1_AbCdEf123',
    clientIds: ['web', 'console'],
    operations: 'any',
    gate: 'absent',
    firebaseProject: 'fieldnotes-1234',
  },
  CursorSecrets: { value: 'new-secret-of-at-least-thirty-two-bytes,old-secret-of-at-least-thirty-two-bytes' },
  FirebaseServiceAccount: { value: JSON.stringify(account) },
}

/** The links with other members of `Notes`. */
export function withNotes(notes: object): Links {
  return { ...links, Notes: { ...links.Notes, ...notes } }
}

/** The links with other cursor secrets. */
export function withSecrets(value: unknown): Links {
  return { ...links, CursorSecrets: { value } }
}

/** The links with another service account. */
export function withAccount(value: unknown): Links {
  return { ...links, FirebaseServiceAccount: { value } }
}

/** The links with another key of the service account. */
export function withKey(private_key: unknown): Links {
  return withAccount(JSON.stringify({ ...account, private_key }))
}

/** The message of a configuration that is refused; `accepted` for one that is not. */
export function messageOf(given: Links, variables: Record<string, string> = environment): string {
  try {
    parseConfig(given, variables)
    return 'accepted'
  } catch (error) {
    return (error as Error).message
  }
}
