/**
 * The life of a note that two people share, with a third as outsider, over HTTP. Each part continues where the previous
 * one ended.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { ephemeralCloud } from './support/ephemeral-cloud.ts'
import { ask, type GraphQLResponse } from './support/graphql-client.ts'
import { tokenOf } from './support/local-cloud.ts'

type Send = (query: string, variables?: object) => Promise<GraphQLResponse>

const cloud = ephemeralCloud()
let [alice, bob, carol]: [Send, Send, Send] = [never, never, never]
let noteId: string
let bobsHandle: string
let bobsId: string

function never(): Promise<GraphQLResponse> {
  throw new Error('not signed in yet')
}

async function signIn(issuer: string, name: string): Promise<Send> {
  const token = await tokenOf(cloud, '--issuer', issuer, '--as', name)
  return (query, variables = {}) => ask(cloud.url, { token, query, variables })
}

/** Executes a mutation whose payload has a note. */
function act(who: Send, mutation: string, input: object): Promise<GraphQLResponse> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`
  return who(`mutation ($input: ${type}!) { it: ${mutation}(input: $input) { note { id title version } } }`, { input })
}

async function titleFor(who: Send): Promise<unknown> {
  const { data, codes } = await who('query ($id: ID!) { note(id: $id) { title } }', { id: noteId })
  return data.note?.title ?? codes.note
}

/** A client that stores notes for offline use. */
function device(who: Send) {
  const kept = new Map<string, { readonly title: string; readonly version: number }>()
  let since: string | null = null
  const query = `query ($since: String) { changes(since: $since, first: 2) { cursor hasMore changes {
    ... on NoteChanged { note { id title version } } ... on NoteGone { noteId } } } }`
  /** Synchronises; returns the ids of the delivered notes. */
  const sync = async (): Promise<string[]> => {
    const { data } = await who(query, { since })
    for (const { note, noteId: goneId } of data.changes.changes) {
      if (note) kept.set(note.id, { title: note.title, version: note.version })
      else kept.delete(goneId)
    }
    since = data.changes.cursor
    const ids = data.changes.changes.map(({ note, noteId: goneId }: GraphQLResponse['data']) => note?.id ?? goneId)
    return data.changes.hasMore ? [...ids, ...(await sync())] : ids
  }
  return { sync, kept }
}

beforeAll(async () => {
  ;[alice, bob, carol] = await Promise.all([
    signIn('cognito', 'alice'),
    signIn('cognito', 'bob'),
    signIn('firebase', 'carol'),
  ])
  const { data } = await bob('{ me { id handle } }')
  ;({ id: bobsId, handle: bobsHandle } = data.me)
})

describe('a shared note', () => {
  it('is written by alice and shared with bob, and carol knows nothing of it', async () => {
    const { data, codes } = await act(alice, 'createNote', { title: 'Plan', content: 'secret plan', tags: ['work'] })
    expect(codes).toEqual({})
    noteId = data.it.note.id
    const shared = await act(alice, 'shareNote', { id: noteId, handle: bobsHandle, role: 'EDITOR' })
    expect(shared.codes).toEqual({})
    expect([await titleFor(bob), await titleFor(carol)]).toEqual(['Plan', 'NOT_FOUND'])
  })

  it('is edited by bob, so that alice gets a conflict with the stored note', async () => {
    expect((await act(bob, 'updateNote', { id: noteId, title: "Bob's plan", version: 2 })).codes).toEqual({})
    const { text, codes } = await act(alice, 'updateNote', { id: noteId, title: 'Mine', version: 2 })
    expect(codes).toEqual({ it: 'CONFLICT' })
    const [{ extensions }] = JSON.parse(text).errors
    expect(extensions.current).toMatchObject({ __typename: 'Note', id: noteId, title: "Bob's plan", version: 3 })
    const again = await act(alice, 'updateNote', { id: noteId, title: 'Ours', version: extensions.current.version })
    expect(again.data.it.note).toMatchObject({ title: 'Ours', version: 4 })
  })

  it('goes to the trash, where bob can not read it, and is restored for both', async () => {
    const bobs = device(bob)
    expect(await bobs.sync()).toEqual([noteId])
    expect((await act(alice, 'trashNote', { id: noteId })).codes).toEqual({})
    expect([await titleFor(alice), await titleFor(bob)]).toEqual(['Ours', 'NOT_FOUND'])
    expect(await bobs.sync()).toEqual([noteId])
    expect((await act(alice, 'updateNote', { id: noteId, title: 'Mine alone' })).codes).toEqual({})
    expect((await act(alice, 'updateNote', { id: noteId, title: 'Ours' })).codes).toEqual({})
    expect(await bobs.sync()).toEqual([])
    expect((await act(bob, 'restoreNote', { id: noteId })).codes).toEqual({ it: 'NOT_FOUND' })
    expect((await act(alice, 'restoreNote', { id: noteId })).codes).toEqual({})
    expect([await bobs.sync(), await bobs.sync()]).toEqual([[noteId], []])
    expect([await titleFor(alice), await titleFor(bob)]).toEqual(['Ours', 'Ours'])
  })

  it('is taken back: the very next request of bob finds nothing', async () => {
    expect((await act(alice, 'unshareNote', { id: noteId, personId: bobsId })).codes).toEqual({})
    expect(await titleFor(bob)).toBe('NOT_FOUND')
    expect((await act(bob, 'updateNote', { id: noteId, title: 'Still mine?' })).codes).toEqual({ it: 'NOT_FOUND' })
    expect(await titleFor(alice)).toBe('Ours')
  })
})

describe('two devices of alice and one of bob', () => {
  it('hold the same in the end, whatever happened while they were offline', async () => {
    const [phone, tablet, bobs] = [device(alice), device(alice), device(bob)]
    await Promise.all([phone.sync(), tablet.sync(), bobs.sync()])
    expect([phone.kept, bobs.kept.size]).toEqual([tablet.kept, 0])

    const written = await Promise.all(['1', '2', '3', '4'].map((title) => act(alice, 'createNote', { title })))
    const [first = '', second = '', third = ''] = written.map(({ data }) => data.it.note.id)
    await act(alice, 'shareNote', { id: first, handle: bobsHandle, role: 'EDITOR' })
    await act(alice, 'shareNote', { id: second, handle: bobsHandle, role: 'VIEWER' })
    await phone.sync()
    await bobs.sync()
    expect([...bobs.kept.values()].map(({ title }) => title).sort()).toEqual(['1', '2'])

    await act(bob, 'updateNote', { id: first, title: '1 by bob' })
    await act(alice, 'unshareNote', { id: second, personId: bobsId })
    await alice('mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }', { id: third })
    await act(alice, 'trashNote', { id: noteId })
    await Promise.all([phone.sync(), tablet.sync(), bobs.sync()])

    expect(phone.kept).toEqual(tablet.kept)
    expect([...phone.kept.values()].map(({ title }) => title).sort()).toEqual(['1 by bob', '2', '4', 'Ours'])
    expect([...bobs.kept.values()].map(({ title }) => title)).toEqual(['1 by bob'])
  })

  it('forget a note that is purged', async () => {
    const [phone, tablet] = [device(alice), device(alice)]
    await phone.sync()
    expect(phone.kept.has(noteId)).toBe(true)
    const purge = 'mutation ($id: ID!) { deleteNote(input: { id: $id }) { deletedNoteId } }'
    expect((await alice(purge, { id: noteId })).data.deleteNote.deletedNoteId).toBe(noteId)
    await Promise.all([phone.sync(), tablet.sync()])
    expect([phone.kept, phone.kept.has(noteId)]).toEqual([tablet.kept, false])
    expect(await titleFor(alice)).toBe('NOT_FOUND')
  })
})

describe('a mutation with a key', () => {
  it('sent by two devices at once is done once and answered alike', async () => {
    const input = { title: 'Once', idempotencyKey: 'from-the-outbox-1' }
    const answers = await Promise.all([1, 2, 3, 4].map(() => act(carol, 'createNote', input)))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    const { data } = await carol('{ notes { nodes { title } } }')
    expect(data.notes.nodes).toEqual([{ title: 'Once' }])
  })
})
