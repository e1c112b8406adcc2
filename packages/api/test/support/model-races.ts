/** Steps that conflict: old versions, and several people at once. */
import { expect } from 'vitest'
import { act } from './acts.ts'
import { names, roleIn, touch, verdict } from './model.ts'
import { type Actor, actorOf, anyNote, type Command, expectCode, pick, step } from './model-step.ts'
import type { GraphQLResponse } from './world.ts'

export function stale(actor: Actor, index: number): Command {
  return step(`${actor} renames an old version of ${index}`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const who = actorOf(note, actor)
    const code = verdict(note, who, ['OWNER', 'EDITOR']) ?? 'CONFLICT'
    const input = { id: note.id, title: 'never', version: note.version - 1 }
    expectCode(await act(real.people[who], 'updateNote', input), code, 'stale')
  })
}

/** Many rename one note at once: no change is lost, and one of the titles is stored in the end. */
export function race(index: number): Command {
  return step(`every caller renames ${index} twice at once`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const tries = [...names, ...names].map((who, index) => ({ who, title: `race ${index}` }))
    const answers = await Promise.all(
      tries.map(({ who, title }) => act(real.people[who], 'updateNote', { id: note.id, title })),
    )
    for (const [number, { who, title }] of tries.entries()) {
      const code = verdict(note, who, ['OWNER', 'EDITOR'])
      expectCode(answers[number] as GraphQLResponse, code, title)
    }
    const done = tries.filter(({ who }) => !verdict(note, who, ['OWNER', 'EDITOR']))
    const { data } = await real.people[note.owner].ask('query ($id: ID!) { note(id: $id) { title } }', { id: note.id })
    expect(done.map(({ title }) => title)).toContain(data.note.title)
    for (const _ of done) touch(model, note)
    note.title = data.note.title
  })
}

/** An editor writes while the owner ends the share: either is first, and in the end the editor has no access. */
export function revokeRace(index: number): Command {
  return step(`the sharee is locked out of ${index} while renaming`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const other = actorOf(note, 'sharee')
    if (roleIn(note, other) !== 'EDITOR') return
    const [renamed] = await Promise.all([
      act(real.people[other], 'updateNote', { id: note.id, title: 'last word' }),
      act(real.people[note.owner], 'unshareNote', { id: note.id, personId: real.ids[other] }),
    ])
    expect([[], ['NOT_FOUND']]).toContainEqual(renamed.codes)
    if (renamed.codes.length === 0) {
      note.title = 'last word'
      touch(model, note)
    }
    note.shares.delete(other)
    touch(model, note)
  })
}
