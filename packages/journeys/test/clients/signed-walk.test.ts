/** The walk of `npm run show:signed-requests`: Debian's AWS CLI, curl and botocore at the local cloud. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud } from '../support/local-cloud.ts'
import { type Step, walk } from '../support/signed-programs.ts'

let cloud: LocalCloud

beforeAll(async () => {
  cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
})

afterAll(async () => {
  await cloud?.end()
  deleteFolder(cloud.folder)
})

it('from a sign-up to three signed notes in the table, each signed by another author’s program', async () => {
  const steps: Step[] = []
  expect(await walk(cloud, (step) => steps.push(step))).toEqual(['by @smithy/signature-v4', 'by botocore', 'by curl'])
  expect(steps).toHaveLength(9)
})
