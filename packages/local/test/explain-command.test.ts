import { explanation } from '@fieldnotes/api/explain'
import { createHandler } from '@fieldnotes/api/server'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCloud } from '../src/cloud.ts'
import { runningIssuers } from '../src/issuers/issuers-file.ts'
import { mint } from '../src/issuers/local-issuers.ts'
import { runCommand } from './run-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

function explain(...words: string[]) {
  return runCommand('explain-command.ts', ['--data', temporaryFolder(), ...words], { PORT: '0' })
}

vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')

/** Starts a cloud beside the command, and returns a function that writes notes to it. */
async function startNotes() {
  const folder = temporaryFolder()
  const settings = { port: 0, folder, ephemeral: true, endpoint: undefined, region: 'eu-west-1', log: () => {} }
  const createOn = (config: Parameters<typeof createHandler>[0]) =>
    createHandler(config, { loopbackIssuers: 'trust', environment: {}, log: () => {}, explanation })
  const { url, stop } = await startCloud({ ...settings, createHandler: createOn })
  onTestFinished(stop)
  const [row] = runningIssuers(folder) ?? []
  const act = async (person: string, mutation: string, input: string, selection: string) => {
    const issuedAt = Math.floor(Date.now() / 1000)
    const token = row && (await mint(row, { person, issuedAt, expiresAt: issuedAt + 300, groups: [] }))
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const body = JSON.stringify({ query: `mutation { it: ${mutation}(input: ${input}) { ${selection} } }` })
    return (await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json()).data.it
  }
  return { folder, act }
}

describe('npm run explain', { timeout: 60_000 }, () => {
  it('says for each path what decided and what was missing', async () => {
    const query = '{ me { id email } notes { nodes { title } } tags { tag } }'
    const { status, out } = await explain('--as', 'bob', '--scope', 'notes:write', query)
    expect(status).toBe(0)
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['me', 'Query.me', 'allowed', 'a person & first party'],
      ['notes', 'Query.notes', 'FORBIDDEN', 'missing: scope notes:read'],
      ['tags', 'Query.tags', 'FORBIDDEN', 'missing: scope notes:read'],
      ['me.id', 'User.id', 'allowed', 'allow'],
      ['me.email', 'User.email', 'allowed', 'a person & oneself'],
      [''],
    ])
  })

  it('distinguishes what the store refused from what the rules refused', async () => {
    const id = Buffer.from('Note:01ARZ3NDEKTSV4RRFFQ69G5FAV').toString('base64url')
    const { out } = await explain('--as', 'carol', '--issuer', 'firebase', `{ note(id: "${id}") { id } }`)
    expect(out).toBe('note  Query.note  allowed, then NOT_FOUND  scope notes:read\n')
  })

  it('says whose note it was, and what it is to the caller', async () => {
    const { folder, act } = await startNotes()
    const { id } = (await act('alice', 'createNote', '{ title: "a note of alice" }', 'note { id }')).note
    const { handle } = (await act('bob', 'updateProfile', '{ name: "Bob" }', 'me { handle }')).me
    await act('alice', 'shareNote', `{ id: "${id}", handle: "${handle}", role: VIEWER }`, 'note { id }')
    const query = `{ note(id: "${id}") { shares { role } owner { handle } } }`
    expect((await explain('--data', folder, '--as', 'bob', query)).out.split('\n').map((line) => line.trim())).toEqual([
      'note               Query.note   allowed    scope notes:read',
      'note.shares        Note.shares  FORBIDDEN  missing: mine; owned by alice of cognito',
      'note.owner         Note.owner   allowed    scope notes:read & shared as viewer',
      'note.owner.handle  User.handle  FORBIDDEN  missing: oneself; this is alice of cognito',
      '',
    ])
  })

  it('sends the query as an anonymous caller when no person is named', async () => {
    expect((await explain('{ me { id } }')).out).toBe('me  Query.me  UNAUTHENTICATED  missing: a person\n')
  })

  it.each([
    ['no query', []],
    ['two queries', ['{ me { id } }', '{ me { id } }']],
    ['an unknown flag', ['--who', 'bob', '{ me { id } }']],
    ['an unknown issuer', ['--as', 'bob', '--issuer', 'okta', '{ me { id } }']],
    ['variables that are no JSON', ['--variables', '{', '{ me { id } }']],
    ['a query that is none', ['{ nope }']],
  ])('refuses %s in one line', async (_what, words) => {
    const { status, out, err } = await explain(...words)
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(/^fieldnotes: (?!unexpected)[^\n]+\n$/)
  })
})
