/** Idempotency keys, versions and shares when several people write at the same time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idOf } from '../decisions/kit/facts.ts'
import { type Caller, mutation, noteAt, writeNote } from '../decisions/kit/world.ts'
import { codesOf, type Fixture, post, startFixture, stored } from './fixture.ts'

let fixture: Fixture
beforeAll(async () => {
  fixture = await startFixture()
})
afterAll(() => fixture.endpoint.stop())

function run(token: string | undefined, name: string, input: object, selection = 'note { id version title }') {
  return post(fixture, token, { query: mutation(name, selection), variables: { input } })
}
function as(who: string, name: string, input: object) {
  return run(fixture.token(who), name, input)
}
function named(name: string): Caller {
  const found = fixture.world.callers.find((caller) => caller.name === name)
  if (!found) throw new Error(`no caller is called ${name}`)
  return found
}

describe('an idempotency key', () => {
  it("means nothing in another person's hands", async () => {
    const input = { title: "alice's", idempotencyKey: 'one' }
    const hers = (await as('alice', 'createNote', input)).body.data.createNote.note
    const his = (await as('bob', 'createNote', input)).body.data.createNote.note
    expect(his.id).not.toBe(hers.id)
    expect(noteAt(await fixture.world.stored(), his.id)?.ownerId).toBe(fixture.world.person('bob').id)
    const other = await as('carol', 'createNote', { title: "carol's", idempotencyKey: 'one' })
    expect(other.body.data.createNote.note.title).toBe("carol's")
  })

  it('repeats the answer and not the change, while nothing else happens', async () => {
    const input = { title: 'once', idempotencyKey: 'two' }
    const first = await as('alice', 'createNote', input)
    const { answer, written } = await stored(fixture, () => as('alice', 'createNote', input))
    expect([answer.text, written]).toEqual([first.text, []])
  })

  it('does not bring back what is deleted for good, and its receipt holds no text', async () => {
    const input = { title: 'gone for good', content: 'every word', tags: ['x'], idempotencyKey: 'six' }
    const { id } = (await as('alice', 'createNote', input)).body.data.createNote.note
    await as('alice', 'updateNote', { id, title: 'gone for good, too', idempotencyKey: 'six' })
    await run(fixture.token('alice'), 'deleteNote', { id }, 'deletedNoteId')
    const { answer, written } = await stored(fixture, () => as('alice', 'createNote', input))
    expect([codesOf(answer), written]).toEqual([['NOT_FOUND'], []])
    expect(JSON.stringify(await fixture.endpoint.items())).not.toMatch(/gone for good|every word/)
  })

  it('is refused with another body, and nothing is written', async () => {
    await as('alice', 'createNote', { title: 'once', idempotencyKey: 'three' })
    const again = () => as('alice', 'createNote', { title: 'secretly other', idempotencyKey: 'three' })
    const { answer, written } = await stored(fixture, again)
    expect([codesOf(answer), written]).toEqual([['BAD_USER_INPUT'], []])
    expect(answer.text).not.toContain('secretly')
  })

  it('does not repeat a note whose share was taken away', async () => {
    const id = await writeNote(fixture.world, 'alice', true)
    const input = { id, title: 'while it lasted', idempotencyKey: 'four' }
    expect(codesOf(await as('dave', 'updateNote', input))).toEqual([])
    await as('alice', 'unshareNote', { id, personId: idOf('User', fixture.world.person('dave').id) })
    const again = await as('dave', 'updateNote', input)
    expect(codesOf(again)).toEqual(['NOT_FOUND'])
    expect(again.text).not.toContain('while it lasted')
  })

  it('used many times at once does one thing', async () => {
    const create = () => as('alice', 'createNote', { title: 'once of many', idempotencyKey: 'five' })
    const answers = await Promise.all(Array.from({ length: 8 }, create))
    const ids = answers.flatMap(({ body }) => body.data.createNote?.note.id ?? [])
    expect([new Set(ids).size, answers.flatMap(codesOf)]).toEqual([1, []])
  })
})

describe('a version', () => {
  it('lets one of many win, and returns the stored note to the others', async () => {
    const id = await writeNote(fixture.world, 'alice', false)
    const update = (title: string) => as('alice', 'updateNote', { id, version: 1, title })
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(update))
    const won = answers.filter(({ body }) => !body.errors)
    expect([won.length, answers.flatMap(codesOf)]).toEqual([1, Array(4).fill('CONFLICT')])
    const winner = won[0]?.body.data.updateNote.note.title
    expect(noteAt(await fixture.world.stored(), id)).toMatchObject({ title: winner, version: 2 })
  })

  it.each(['the owner', 'an editor', 'the owner who writes', 'an editor who writes'])(
    'that is stale shows %s no more of the note than they may read',
    async (name) => {
      const { token, rights } = named(name)
      const answer = await run(token, 'updateNote', { id: fixture.furniture.shared, version: 1, title: 'x' })
      const { title, content, lastEditedWith, shares } = answer.body.errors[0].extensions.current
      const note = noteAt(await fixture.world.stored(), fixture.furniture.shared)
      expect(codesOf(answer)).toEqual(['CONFLICT'])
      expect([title, content]).toEqual(rights.includes('read') ? [note?.title, note?.content] : [null, null])
      expect([lastEditedWith, shares]).toEqual([undefined, undefined])
      if (!rights.includes('read')) expect(answer.text).not.toContain(note?.title)
    },
  )
})

describe('mutations in one document', () => {
  it('run one after the other, and the second feels what the first has taken away', async () => {
    const id = await writeNote(fixture.world, 'alice', true)
    const query = `mutation ($id: ID!) {
      leaveNote(input: { id: $id }) { leftNoteId }
      updateNote(input: { id: $id, title: "after leaving" }) { note { id title } }
    }`
    const answer = await post(fixture, fixture.token('dave'), { query, variables: { id } })
    expect([codesOf(answer), answer.body.data.leaveNote]).toEqual([['NOT_FOUND'], { leftNoteId: id }])
    expect(noteAt(await fixture.world.stored(), id)?.title).not.toBe('after leaving')
  })

  it('find nothing behind a deletion', async () => {
    const id = await writeNote(fixture.world, 'alice', false)
    const query = `mutation ($id: ID!) {
      deleteNote(input: { id: $id }) { deletedNoteId }
      restoreNote(input: { id: $id }) { note { id } }
      updateNote(input: { id: $id, title: "undead" }) { note { id } }
    }`
    const answer = await post(fixture, fixture.token('alice'), { query, variables: { id } })
    expect(codesOf(answer)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    expect(noteAt(await fixture.world.stored(), id)).toBeUndefined()
  })
})

describe('a share', () => {
  it('that is taken back lets no write through behind it', async () => {
    const personId = idOf('User', fixture.world.person('dave').id)
    for (let round = 0; round < 8; round += 1) {
      const id = await writeNote(fixture.world, 'alice', true)
      const update = (at: number) => as('dave', 'updateNote', { id, title: `round ${round}, ${at}` })
      const [one, taken, two] = await Promise.all([update(1), as('alice', 'unshareNote', { id, personId }), update(2)])
      const last = taken.body.data.unshareNote.note.version
      const late = [one, two].flatMap(({ body }) => body.data.updateNote?.note.version ?? []).filter((at) => at > last)
      expect(late).toEqual([])
      expect(codesOf(await update(3))).toEqual(['NOT_FOUND'])
    }
  })
})
