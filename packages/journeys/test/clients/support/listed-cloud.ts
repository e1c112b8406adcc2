/** The endpoint in this process, configured as a stage with `operations: 'listed'`. */
import { createHandler } from '@fieldnotes/api/server'
import { startCloud } from '@fieldnotes/local/cloud'
import { executor } from '../../support/executor.ts'
import { createFolder, deleteFolder } from '../../support/local-cloud.ts'

export interface ListedCloud {
  readonly url: string
  readonly folder: string
  readonly end: () => Promise<void>
}

/** Starts the endpoint on a free port with an empty table. */
export async function startListed(): Promise<ListedCloud> {
  const folder = createFolder()
  const log = () => {}
  const { url, stop } = await startCloud({
    port: 0,
    folder,
    ephemeral: true,
    endpoint: undefined,
    executor,
    region: 'eu-west-1',
    log,
    createHandler: (config) =>
      createHandler({ ...config, operations: 'listed' }, { loopbackIssuers: 'trust', environment: {}, log }),
  })
  const end = async () => {
    await stop()
    deleteFolder(folder)
  }
  return { url, folder, end }
}
