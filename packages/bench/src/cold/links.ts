/** What a deployed function is told by SST: links, sealed beside the code, and the variables that open them. */
import { randomBytes } from 'node:crypto'

export interface Links {
  readonly encryptionKey: string
  readonly links: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const region = 'eu-west-1'

/** A stage of production with a Cognito pool and a Firebase project, none of which is asked anything. */
export const deployedLinks: Links = {
  encryptionKey: randomBytes(32).toString('base64'),
  links: {
    Notes: {
      resource: 'https://api.example.com/graphql',
      region,
      tableName: 'fieldnotes-cold',
      userPoolId: `${region}_Cold1`,
      clientIds: ['web'],
      operations: 'any',
      firebaseProject: 'fieldnotes-cold',
    },
    CursorSecrets: { value: 'a-secret-of-at-least-thirty-two-bytes' },
    FirebaseServiceAccount: { value: '' },
  },
}

/** As SST and Lambda set them, for a function whose code is in `directory`. */
export const variablesOf = (directory: string, { encryptionKey }: Links): Readonly<Record<string, string>> => ({
  SST_KEY: encryptionKey,
  SST_KEY_FILE: `${directory}/resource.enc`,
  SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage: 'production' }),
})
