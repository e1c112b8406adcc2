/** Debian's Authlib at the local user pool: a client library that shares no code with the pool. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { programEnvironment, pythonPath } from '../support/debian-programs.ts'
import { ephemeralCloud } from '../support/ephemeral-cloud.ts'
import { ask } from '../support/graphql-client.ts'
import { tokenOf } from '../support/local-cloud.ts'

const program = fileURLToPath(new URL('support/authlib_sign_in.py', import.meta.url))

const cloud = ephemeralCloud()

/** Secret of the machine client, as a developer finds it. */
function machineSecret(): string {
  const { clients } = JSON.parse(readFileSync(join(cloud.folder, 'clients.json'), 'utf8'))
  return clients.find(({ name }: { readonly name: string }) => name === 'machine').client_secret
}

it('signs in, refreshes, revokes, and gets a token for a program: the endpoint accepts each', async () => {
  const issuer = `${cloud.url}/cognito/eu-west-1_Local0001`
  const words = [program, issuer, 'alice@cognito.example', 'fieldnotes-alice', machineSecret()]
  const { stdout } = await promisify(execFile)(pythonPath, words, {
    env: programEnvironment,
  })
  const { person, refreshed, service, ended } = JSON.parse(stdout)
  expect(ended).toBe('invalid_grant')
  const query = 'mutation { createNote(input: { title: "By Authlib" }) { note { title } } }'
  for (const token of [person, refreshed])
    expect((await ask(cloud.url, { token, query })).data.createNote.note).toEqual({ title: 'By Authlib' })
  expect((await ask(cloud.url, { token: service, query })).codes).toEqual({ createNote: 'FORBIDDEN' })
  // The person of the pages is the person of the token command.
  const token = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice')
  const titles = (await ask(cloud.url, { token, query: '{ notes { nodes { title } } }' })).data.notes.nodes
  expect(titles).toEqual([{ title: 'By Authlib' }, { title: 'By Authlib' }])
})
