/** The local cloud for the tests of one client, with a token of alice and notes of hers. */
import { afterAll, beforeAll } from 'vitest'
import { ask } from '../../support/graphql-client.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud, tokenOf } from '../../support/local-cloud.ts'

export interface NotesCloud {
  readonly endpoint: () => string
  readonly token: () => string
  /** Creates a note of alice's and resolves to its id. */
  readonly write: (title: string) => Promise<string>
}

const create = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id } } }'

/** Starts the cloud before the tests of a file, and stops it after them. */
export function useNotesCloud(): NotesCloud {
  let cloud: LocalCloud
  let token: string
  beforeAll(async () => {
    cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
    token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  })
  afterAll(async () => {
    await cloud.end()
    deleteFolder(cloud.folder)
  })
  const write = async (title: string) => {
    const { data } = await ask(cloud.url, { token, query: create, variables: { input: { title } } })
    return data.createNote.note.id
  }
  return { endpoint: () => `${cloud.url}/graphql`, token: () => token, write }
}
