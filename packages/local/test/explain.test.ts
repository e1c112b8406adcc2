import { describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'
import { temporaryFolder } from './temporary-folder.ts'

const explain = (...words: string[]) => runCommand('explain.ts', ['--data', temporaryFolder(), ...words], { PORT: '0' })

describe('npm run explain', { timeout: 60_000 }, () => {
  it('says for each path what decided and what was missing', async () => {
    const query = '{ me { id email } notes { nodes { title } } tags { tag } }'
    const { status, out } = await explain('--as', 'bob', '--scope', 'notes:write', query)
    expect(status).toBe(0)
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['me', 'Query.me', 'allowed', 'a person'],
      ['notes', 'Query.notes', 'FORBIDDEN', 'missing: scope notes:read'],
      ['tags', 'Query.tags', 'FORBIDDEN', 'missing: scope notes:read'],
      ['me.id', 'User.id', 'allowed', 'allow'],
      ['me.email', 'User.email', 'allowed', 'oneself'],
      [''],
    ])
  })

  it('tells what the store refused from what the rules refused', async () => {
    const id = Buffer.from('Note:01ARZ3NDEKTSV4RRFFQ69G5FAV').toString('base64url')
    const { out } = await explain('--as', 'carol', '--issuer', 'firebase', `{ note(id: "${id}") { id } }`)
    expect(out).toBe('note  Query.note  allowed, then NOT_FOUND  scope notes:read\n')
  })

  it('asks as nobody when nobody is named', async () => {
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
