/** The command, and that a token with the scopes that it prints is enough for the operation. */
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { ScopesUsageError, scopesCommand } from '../../scripts/print-scopes.ts'
import { operations } from '../../src/generated/operations.ts'
import { createSchema } from '../../src/graphql/schema.ts'

const files: Readonly<Record<string, string>> = {
  'two.graphql': `
    query Read($id: ID!, $deep: Boolean!) {
      a: note(id: $id) { ...N lastEditedWith @include(if: $deep) }
    }
    fragment N on Note { title owner { handle } sizeBytes @include(if: false) }
    mutation Bin($input: TrashNoteInput!) { trashNote(input: $input) { note { id } } }
  `,
  'none.graphql': 'fragment N on Note { title }  query A { me { ...M } } fragment M on User { name } ',
  'profile.graphql': 'query Profile { me { id name } }',
  'unnamed.graphql': '{ tags { tag } }',
  'wrong.graphql': '{ me {\n nme } }',
  'broken.graphql': '{ me ',
  'empty.graphql': '',
}

function read(file: string): string {
  const text = files[file]
  if (text === undefined) throw new Error('ENOENT')
  return text
}

function run(...words: string[]): string {
  return scopesCommand(words, read)
}

function parsed(...words: string[]) {
  return JSON.parse(run(...words, '--format', 'json'))
}

describe('npm run scopes', () => {
  it('prints every operation of the document, with its scopes, their names at Cognito, and its conditions', () => {
    expect(run('two.graphql')).toBe(`query Read
  scopes    notes:read notes:audit
  cognito   notes/read notes/audit
  and if    mine or shared as editor or shared as viewer: Note.title, Note.owner, Note.lastEditedWith
  and if    a person and oneself: User.handle

mutation Bin
  scopes    notes:write
  cognito   notes/write
  and if    first party or not a person: Mutation.trashNote
  or
  scopes    notes:trash
  cognito   notes/trash
`)
  })

  it('prints what a third party needs beside what our own apps need', () => {
    expect(run('profile.graphql')).toBe(`query Profile
  scopes    none
  cognito   none
  and if    a person and first party: Query.me
  or
  scopes    notes:read
  cognito   notes/read
  and if    a person: Query.me
`)
  })

  it('prints one of them, and one without a name', () => {
    expect(parsed('two.graphql', '--operation', 'Bin')).toMatchObject([
      { sets: [{ scopes: ['notes:write'] }, { scopes: ['notes:trash'] }] },
    ])
    expect(run('unnamed.graphql')).toMatch(/^query \(without a name\)\n {2}scopes {4}notes:read\n/)
  })

  it('prints its help', () => {
    expect(run('--help')).toContain('npm run -s scopes -- FILE')
  })

  it.each([
    [[], /^Name one file\.$/],
    [['two.graphql', 'unnamed.graphql'], /^Name one file\.$/],
    [['absent.graphql'], /^absent\.graphql can't be read\.$/],
    [['broken.graphql'], /^broken\.graphql: Syntax Error/],
    [['empty.graphql'], /^empty\.graphql: Syntax Error/],
    [['wrong.graphql'], /^wrong\.graphql is no valid document:\n {2}2: Cannot query field "nme" on type "User"/],
    [['none.graphql'], /Fragment "N" is never used/],
    [['two.graphql', '--operation', 'Write'], /^two\.graphql has no operation Write: Read, Bin\.$/],
    [['two.graphql', '--format', 'md'], /^--format is text or json\.$/],
    [['two.graphql', '--scope'], /Unknown option '--scope'/],
    [['two.graphql', '--operation'], /argument missing/],
  ])('says what is wrong with %j', (words, message) => {
    expect(() => run(...words)).toThrow(message)
    expect(() => run(...words)).toThrow(ScopesUsageError)
  })
})

describe('the scopes of each listed operation', () => {
  const { decide } = createSchema()
  const texts = Object.values(operations as Readonly<Record<string, string>>)

  it.each(texts.map((text) => [/\w+ (\w+)/.exec(text)?.[1], text] as const))(
    'are enough for the root fields of %s, and none is too many',
    (_name, text) => {
      const [{ sets, kind }] = JSON.parse(scopesCommand(['x', '--format', 'json'], () => text))
      const type = kind === 'mutation' ? 'Mutation' : 'Query'
      const [definition] = parse(text).definitions
      const selected = definition && 'selectionSet' in definition ? (definition.selectionSet?.selections ?? []) : []
      const fields = selected.flatMap((node) => ('name' in node ? [node.name.value] : []))
      const opens = (set: readonly string[]) =>
        fields.every((field) => decide(sampleUser({ scopes: new Set(set) }), `${type}.${field}`).allowed)
      for (const { scopes } of sets) {
        expect(opens(scopes)).toBe(true)
        for (const each of scopes.filter((scope: string) => scope !== 'notes:read' && scope !== 'notes:audit'))
          expect(opens(scopes.filter((scope: string) => scope !== each))).toBe(false)
      }
    },
  )
})
