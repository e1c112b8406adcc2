/** Configuration of a deployed function: SST's links, sealed beside the code. */
import { randomBytes } from 'node:crypto'
import type { BuildRequest } from '@fieldnotes/cloud/bundle'

/** Key and contents of the sealed links. */
export type Links = Required<Pick<BuildRequest, 'encryptionKey' | 'links'>>

const region = 'eu-west-1'

/** A production stage with a Cognito pool and a Firebase project. Neither receives a request. */
export const deployedLinks: Links = {
  encryptionKey: randomBytes(32).toString('base64'),
  links: {
    Notes: {
      resource: 'https://api.example.com/graphql',
      region,
      tableName: 'fieldnotes-cold',
      accessTableName: 'fieldnotes-cold-access',
      ratesTableName: 'fieldnotes-cold-rates',
      apiKeys: 'optional',
      userPoolId: `${region}_Cold1`,
      clientIds: ['web'],
      operations: 'any',
      gate: 'absent',
      firebaseProject: 'fieldnotes-cold',
    },
    CursorSecrets: { value: 'a-secret-of-at-least-thirty-two-bytes' },
    FirebaseServiceAccount: { value: '' },
  },
}
