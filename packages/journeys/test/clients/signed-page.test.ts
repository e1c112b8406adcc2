/** The commands of `docs/signed-requests.md`, as a reader types them who has no configuration of AWS. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { ask } from '../support/graphql-client.ts'
import { tokenOf } from '../support/local-cloud.ts'

const page = readFileSync(new URL('../../../../docs/signed-requests.md', import.meta.url), 'utf8')
const cloud = ephemeralCloud()

it('sign a request of the person whose password they have', async () => {
  const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, commands]) => commands)
  expect(blocks).toHaveLength(3)
  const typed = blocks.join('')
  expect(typed.split('http://127.0.0.1:4000')).toHaveLength(2)
  const script = `set -e\n${typed.replace('http://127.0.0.1:4000', cloud.url)}`
  const env = { PATH: '/usr/bin:/bin', HOME: '/nonexistent' }
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script], { env })
  const token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  const { data } = await ask(cloud.url, { token, query: '{ me { id } }' })
  expect(JSON.parse(stdout).data).toEqual({ me: { id: data.me.id } })
})
