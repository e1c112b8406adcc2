/** A cloud for the tests of one file, which keeps nothing. */
import { afterAll, beforeAll } from 'vitest'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from './local-cloud.ts'

/** Starts a cloud before the tests of the file, or of the `describe`, and ends it after them. Only tests may use it. */
export function ephemeralCloud(environment = {}): LocalCloud {
  let started: LocalCloud | undefined
  const running = (): LocalCloud => {
    if (started) return started
    throw new Error('the cloud has not started')
  }
  beforeAll(async () => {
    started = await startLocalCloud(createFolder(), ['--ephemeral'], environment)
  })
  afterAll(async () => {
    await started?.end()
    if (started) deleteFolder(started.folder)
  })
  return {
    get url() {
      return running().url
    },
    get folder() {
      return running().folder
    },
    get pid() {
      return running().pid
    },
    printed: () => running().printed(),
    end: (signal) => running().end(signal),
  }
}
