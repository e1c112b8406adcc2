/** A local cloud with the endpoint itself, and the environment of a stage whose links point to it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHandler } from '@fieldnotes/api/server'
import { afterAll, beforeAll } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud.ts'
import { laptop, type Target } from '../../src/stage/target.ts'

/** The running cloud of a file of tests. */
export interface RunningCloud {
  readonly url: string
  readonly folder: string
  readonly target: Target
}

function start(folder: string): Promise<Cloud> {
  const log = () => {}
  return startCloud({
    ...{ port: 0, folder, ephemeral: true, endpoint: undefined, region: 'eu-west-1', log },
    createHandler: (config) => createHandler(config, { loopbackIssuers: 'trust', environment: {}, log }),
  })
}

/** Starts a cloud for all tests of a file. */
export function useCloud(): () => RunningCloud {
  const folder = mkdtempSync(join(tmpdir(), 'fieldnotes-'))
  let cloud: Cloud
  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID ??= 'local'
    process.env.AWS_SECRET_ACCESS_KEY ??= 'local'
    cloud = await start(folder)
  })
  afterAll(async () => {
    await cloud?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return () => ({ url: cloud.url, folder, target: laptop(folder) })
}

/** The environment that `sst shell` would give to a command, for a stage that has the addresses of the target. */
export function shellOf(target: Target, changes: object = {}, stage = 'alice') {
  const { endpoint, userPool, webClient, redirects, origins, machine } = target
  const apps = { endpoint, userPool, webClient, redirects, origins }
  const program = { machineClient: machine?.id, machineSecret: machine?.secret }
  return {
    SST_RESOURCE_App: JSON.stringify({ name: 'fieldnotes', stage }),
    SST_RESOURCE_Apps: JSON.stringify({ ...apps, ...program, ...changes }),
  }
}
