/** The walk of `npm run show:signed-requests`: Debian's AWS CLI, curl and botocore at the local cloud. */
import { expect, it } from 'vitest'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { type Step, walk } from '../support/signed-programs.ts'

const cloud = ephemeralCloud()

it('from a sign-up to three signed notes in the table, each signed by another author’s program', async () => {
  const steps: Step[] = []
  expect(await walk(cloud, (step) => steps.push(step))).toEqual(['by @smithy/signature-v4', 'by botocore', 'by curl'])
  expect(steps).toHaveLength(9)
})
