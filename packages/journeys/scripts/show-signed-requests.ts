/**
 * `npm run show:signed-requests`: starts a cloud, and prints the whole walk from a sign-up to signed notes in the
 * table, with the AWS CLI, curl, botocore and `@smithy/signature-v4`. Needs Debian's `awscli`, `curl` and
 * `python3-botocore`.
 */
import { existsSync } from 'node:fs'
import { awsPath, curlPath, pythonPath } from '../test/support/debian-programs.ts'
import { createFolder, deleteFolder, startLocalCloud } from '../test/support/local-cloud.ts'
import { walk } from '../test/support/signed-programs.ts'

const missing = [awsPath, curlPath, pythonPath].filter((path) => !existsSync(path))
if (missing.length > 0) {
  console.error(`This walk needs Debian's awscli, curl and python3-botocore: there is no ${missing.join(', ')}.`)
  process.exit(1)
}
const folder = createFolder()
const cloud = await startLocalCloud(folder, ['--ephemeral'])
try {
  await walk(cloud, ({ command, result }) => process.stdout.write(`$ ${command}\n  ${result}\n`))
} finally {
  await cloud.end()
  deleteFolder(folder)
}
