/** Local clouds with a stand-in for the endpoint that echoes the path. */
import type { Config } from '@fieldnotes/api/config'
import { onTestFinished, vi } from 'vitest'
import { type CloudSettings, startCloud } from '../../src/cloud.ts'
import { temporaryFolder } from '../temporary-folder.ts'

vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')

/** Starts a cloud, which stops at the end of the test. `config` is that of its endpoint. */
export async function start(changes: Partial<CloudSettings> = {}) {
  const configs: Config[] = []
  const settings: CloudSettings = {
    port: 0,
    folder: temporaryFolder(),
    ephemeral: true,
    endpoint: undefined,
    region: 'eu-west-1',
    log: () => {},
    createHandler: (config) => {
      configs.push(config)
      return async (event) => ({ statusCode: 200, body: event.rawPath })
    },
    ...changes,
  }
  const cloud = await startCloud(settings)
  onTestFinished(cloud.stop)
  return { ...cloud, folder: settings.folder, config: configs[0] as Config }
}
