import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, startEngine } from './support/engine.ts'
import { createWorld, type World } from './support/world.ts'

let engine: Engine
let world: World

beforeAll(async () => {
  engine = await startEngine()
  world = createWorld(await engine.newTable())
})
afterAll(() => engine.stop())

const create = `mutation ($input: CreateNoteInput!) { createNote(input: $input) { note { id title content tags pinned color version createdAt updatedAt trashedAt owner { id name } viewerRole viewerCan { update trash restore delete share leave } } } }`
const read = `query ($id: ID!) { note(id: $id) { id title version } }`

describe('notes', () => {
  it('are written and read back by their owner', async () => {
    const alice = world.someone('alice')
    const input = { title: 'Tea', content: '# Leaves', tags: ['b', 'a', 'a'], pinned: true, color: 'GREEN' }
    const { data, errors } = await alice.ask(create, { input })
    expect(errors).toEqual([])
    const { note } = data.createNote
    expect(note).toMatchObject({
      title: 'Tea',
      content: '# Leaves',
      tags: ['a', 'b'],
      pinned: true,
      color: 'GREEN',
      version: 1,
    })
    expect(note.viewerRole).toBe('OWNER')
    expect(note.viewerCan).toEqual({
      update: true,
      trash: true,
      restore: true,
      delete: true,
      share: true,
      leave: false,
    })
    const again = await alice.ask(read, { id: note.id })
    expect(again.data.note).toEqual({ id: note.id, title: 'Tea', version: 1 })
  })

  it('change, page, sync and go', async () => {
    const carol = world.someone('carol')
    const { data } = await carol.ask(create, { input: { title: 'One', tags: ['x'] } })
    const { id } = data.createNote.note
    const up = await carol.ask(
      `mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { note { title version } } }`,
      { input: { id, title: 'Two' } },
    )
    expect(up.errors).toEqual([])
    expect(up.data.updateNote.note).toEqual({ title: 'Two', version: 2 })
    const page = await carol.ask(
      '{ notes(first: 1) { nodes { title } edges { cursor } pageInfo { hasNextPage endCursor } } tags { tag count } me { id handle name email } changes { changes { __typename ... on NoteChanged { note { title } } } cursor hasMore } }',
    )
    expect(page.errors).toEqual([])
    const stale = await carol.ask(
      `mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { note { title version } } }`,
      { input: { id, title: 'Three', version: 1 } },
    )
    expect(stale.codes).toEqual(['CONFLICT'])
    const gone = await carol.ask(
      `mutation ($input: DeleteNoteInput!) { deleteNote(input: $input) { deletedNoteId } }`,
      { input: { id } },
    )
    expect(gone.errors).toEqual([])
    const sync = await carol.ask(
      'query ($since: String) { changes(since: $since) { changes { __typename ... on NoteGone { noteId reason } } cursor hasMore } tags { tag } }',
      { since: page.data.changes.cursor },
    )
  })
})
