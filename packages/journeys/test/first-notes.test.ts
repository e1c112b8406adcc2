/** The first journey over HTTP: two people at Cognito, one at Firebase, and nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, ask } from './support/ask.ts'
import { createFolder, deleteFolder, type LocalCloud, startLocalCloud, tokenOf } from './support/local-cloud.ts'

let cloud: LocalCloud
let alice: string
let bob: string
let carol: string
let noteId: string

const createNote = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id title version } } }'
const readNote = 'query ($id: ID!) { note(id: $id) { id title content } }'

const write = (token: string | undefined, title: string): Promise<Answer> =>
  ask(cloud.url, { token, query: createNote, variables: { input: { title, content: 'Milk' } } })

const read = (token: string | undefined, id: string, query = readNote): Promise<Answer> =>
  ask(cloud.url, { token, query, variables: { id } })

beforeAll(async () => {
  cloud = await startLocalCloud(createFolder(), ['--ephemeral'])
  const people = [
    ['cognito', 'alice'],
    ['cognito', 'bob'],
    ['firebase', 'carol'],
  ] as const
  ;[alice = '', bob = '', carol = ''] = await Promise.all(
    people.map(([issuer, name]) => tokenOf(cloud, '--issuer', issuer, '--as', name)),
  )
  const answer = await write(alice, 'Groceries')
  expect(answer.codes).toEqual({})
  noteId = answer.data.createNote.note.id
})

afterAll(async () => {
  await cloud.end()
  deleteFolder(cloud.folder)
})

describe('a note of alice', () => {
  it('is answered to alice', async () => {
    const { status, data, codes } = await read(alice, noteId)
    expect([status, codes]).toEqual([200, {}])
    expect(data.note).toEqual({ id: noteId, title: 'Groceries', content: 'Milk' })
  })

  it('does not exist for bob and carol: byte for byte the answer for an id that never was', async () => {
    const never = Buffer.from(Buffer.from(noteId, 'base64url').toString().replace(/.{4}$/, 'ZZZZ')).toString(
      'base64url',
    )
    expect(never).not.toBe(noteId)
    const answers = await Promise.all([read(bob, noteId), read(carol, noteId), read(bob, never), read(alice, never)])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 200, data: { note: null }, codes: { note: 'NOT_FOUND' } })
  })

  it('is not told to who did not sign in, nor whether it exists', async () => {
    const [one, other] = await Promise.all([read(undefined, noteId), read(undefined, 'never')])
    expect(one).toMatchObject({ status: 200, data: { note: null }, codes: { note: 'UNAUTHENTICATED' } })
    expect(other?.text).toBe(one?.text)
  })

  it('is in the list of alice alone', async () => {
    const list = '{ notes { nodes { id } } }'
    const [own, others, elsewhere] = await Promise.all(
      [alice, bob, carol].map((token) => ask(cloud.url, { token, query: list })),
    )
    expect(own?.data.notes.nodes).toEqual([{ id: noteId }])
    expect([others?.data.notes.nodes, elsewhere?.data.notes.nodes]).toEqual([[], []])
  })

  it.each([
    ['updateNote', '{ note { title } }', { title: 'mine now' }],
    ['trashNote', '{ note { id } }', {}],
    ['deleteNote', '{ deletedNoteId }', {}],
  ])('can not be touched by bob with %s', async (mutation, selection, change) => {
    const type = mutation.charAt(0).toUpperCase() + mutation.slice(1)
    const query = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) ${selection} }`
    const { data, codes } = await ask(cloud.url, { token: bob, query, variables: { input: { id: noteId, ...change } } })
    expect(data).toEqual({ [mutation]: null })
    expect(codes).toEqual({ [mutation]: 'NOT_FOUND' })
    expect((await read(alice, noteId)).data.note.title).toBe('Groceries')
  })
})

describe('fields', () => {
  const fields =
    'query ($id: ID!) { note(id: $id) { title sizeBytes lastEditedWith shares { role } owner { name email } } }'

  it('answers what is the owner’s, and refuses what needs a group or another scope, and the rest lives', async () => {
    const { status, data, codes } = await read(alice, noteId, fields)
    expect(status).toBe(200)
    expect(data.note).toEqual({
      title: 'Groceries',
      sizeBytes: null,
      lastEditedWith: null,
      shares: [],
      owner: { name: 'Alice', email: 'alice@cognito.example' },
    })
    expect(codes).toEqual({ 'note.sizeBytes': 'FORBIDDEN', 'note.lastEditedWith': 'FORBIDDEN' })
  })

  it('answers them with the group and the scope', async () => {
    const words = ['--issuer', 'cognito', '--as', 'alice', '--group', 'staff', '--scope', 'notes:read notes:audit']
    const { data, codes } = await read(await tokenOf(cloud, ...words), noteId, fields)
    expect(codes).toEqual({})
    expect(data.note.sizeBytes).toBeGreaterThan(0)
    expect(data.note.lastEditedWith).toBe('localclient0001')
  })

  it('shows a note to whom it is shared with, and still refuses the field that is the owner’s', async () => {
    const handle = (await ask(cloud.url, { token: bob, query: '{ me { handle } }' })).data.me.handle
    const query = 'mutation ($input: ShareNoteInput!) { shareNote(input: $input) { note { id } } }'
    const input = { id: noteId, handle, role: 'VIEWER' }
    expect((await ask(cloud.url, { token: alice, query, variables: { input } })).codes).toEqual({})
    const { data, codes } = await read(bob, noteId, fields)
    expect(data.note).toMatchObject({ title: 'Groceries', shares: null, owner: { name: 'Alice', email: null } })
    expect(codes).toMatchObject({ 'note.shares': 'FORBIDDEN', 'note.owner.email': 'FORBIDDEN' })
  })
})

describe('scopes', () => {
  it('does not let alice write without notes:write, and writes nothing', async () => {
    const reader = await tokenOf(cloud, '--issuer', 'cognito', '--as', 'alice', '--scope', 'notes:read')
    const refused = await write(reader, 'not written')
    expect(refused).toMatchObject({ status: 200, data: { createNote: null }, codes: { createNote: 'FORBIDDEN' } })
    const { data } = await ask(cloud.url, { token: alice, query: '{ notes { nodes { title } } }' })
    expect(data.notes.nodes).toEqual([{ title: 'Groceries' }])
  })

  it('does not let nobody write', async () => {
    expect((await write(undefined, 'x')).codes).toEqual({ createNote: 'UNAUTHENTICATED' })
  })
})

describe('people', () => {
  it('takes the same name at two issuers for two people', async () => {
    const tokens = await Promise.all(['cognito', 'firebase'].map((i) => tokenOf(cloud, '--issuer', i, '--as', 'dave')))
    const answers = await Promise.all(tokens.map((token) => ask(cloud.url, { token, query: '{ me { id name } }' })))
    const [one, other] = answers.map(({ data }) => data.me)
    expect(one.name).toBe(other.name)
    expect(one.id).not.toBe(other.id)
  })

  it('prints no token and no address', async () => {
    for (const secret of [alice, bob, carol, 'cognito.example', 'Groceries', 'Milk']) {
      expect(cloud.printed()).not.toContain(secret.split('.').at(-1))
      expect(cloud.printed()).not.toContain(secret)
    }
  })
})
