/** Random steps of people, on the endpoint and on the model at the same time. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { act, type Mutation } from './acts.ts'
import { announce, type ModelNote, type Name, names, type Role, touch, verdict } from './model.ts'
import { race, revokeRace, stale } from './model-races.ts'
import { type Actor, actorOf, anyNote, type Command, expectCode, pick, type Real, step } from './model-step.ts'
import { look, sync } from './model-watch.ts'

function create(who: Name, title: string, tags: readonly string[]): Command {
  return step(
    `${who} writes ${title}`,
    () => true,
    async (model, real) => {
      const { data, codes } = await act(real.people[who], 'createNote', { title, tags })
      expect(codes).toEqual([])
      model.tick += 1
      const note = {
        id: data.createNote.note.id,
        owner: who,
        title,
        tags,
        version: 1,
        trashed: false,
        changed: model.tick,
        shares: new Map(),
        seenBy: [],
      }
      model.notes.push(note)
      announce(model, note)
    },
  )
}

/** A change by one person: refused as the model predicts, or applied to both. */
function change(
  name: string,
  [actor, index]: readonly [Actor, number],
  {
    mutation,
    allowed,
    input,
    apply,
  }: {
    mutation: Mutation
    allowed: readonly string[]
    input: (note: ModelNote, real: Real) => object
    apply: (note: ModelNote, who: Name) => boolean
  },
): Command {
  return step(`${actor} ${name} ${index}`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const who = actorOf(note, actor)
    const code = verdict(note, who, allowed)
    expectCode(await act(real.people[who], mutation, { id: note.id, ...input(note, real) }), code, name)
    if (!code && apply(note, who)) touch(model, note)
    if (!code && mutation === 'deleteNote') model.notes.splice(model.notes.indexOf(note), 1)
  })
}

function update(who: Actor, index: number, title: string): Command {
  return change('renames', [who, index], {
    mutation: 'updateNote',
    allowed: ['OWNER', 'EDITOR'],
    input: () => ({ title }),
    apply: (note) => {
      note.title = title
      return true
    },
  })
}

function retag(who: Actor, index: number, tags: readonly string[]): Command {
  return change('retags', [who, index], {
    mutation: 'updateNote',
    allowed: ['OWNER', 'EDITOR'],
    input: ({ version }) => ({ tags, version }),
    apply: (note) => {
      note.tags = tags
      return true
    },
  })
}

function trash(who: Actor, index: number, into: boolean): Command {
  return change(into ? 'trashes' : 'restores', [who, index], {
    mutation: into ? 'trashNote' : 'restoreNote',
    allowed: ['OWNER'],
    input: () => ({}),
    apply: (note) => {
      const moved = note.trashed !== into
      note.trashed = into
      return moved
    },
  })
}

function remove(who: Actor, index: number): Command {
  return change('deletes', [who, index], {
    mutation: 'deleteNote',
    allowed: ['OWNER'],
    input: () => ({}),
    apply: () => true,
  })
}

function share(actor: Actor, index: number, [other, role]: readonly [Name, Role]): Command {
  return step(`${actor} shares ${index} with ${other} as ${role}`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const who = actorOf(note, actor)
    const code = verdict(note, who, ['OWNER']) ?? (other === note.owner ? 'BAD_USER_INPUT' : undefined)
    expectCode(
      await act(real.people[who], 'shareNote', { id: note.id, handle: real.handles[other], role }),
      code,
      'share',
    )
    if (code || note.shares.get(other) === role) return
    note.shares.set(other, role)
    touch(model, note)
  })
}

function unshare(who: Actor, index: number, other: Name): Command {
  return change(`unshares with ${other}`, [who, index], {
    mutation: 'unshareNote',
    allowed: ['OWNER'],
    input: (_, { ids }) => ({ personId: ids[other] }),
    apply: (note) => note.shares.delete(other),
  })
}

function leave(who: Actor, index: number): Command {
  return change('leaves', [who, index], {
    mutation: 'leaveNote',
    allowed: ['EDITOR', 'VIEWER'],
    input: () => ({}),
    apply: (note, leaver) => note.shares.delete(leaver),
  })
}

const name = fc.constantFrom(...names)
const index = fc.nat({ max: 3 })
const actor = fc.constantFrom<Actor>('owner', 'owner', 'owner', 'sharee', 'sharee', ...names)
const title = fc.stringMatching(/^[a-z]{1,8}$/)
const tags = fc.uniqueArray(fc.constantFrom('red', 'green', 'blue', 'x#y'), { maxLength: 3 })
const role = fc.constantFrom<Role>('EDITOR', 'VIEWER')

/** The weight of each step, of 30. */
const weighted: readonly [number, fc.Arbitrary<Command>][] = [
  [2, fc.tuple(name, title, tags).map((args) => create(...args))],
  [4, fc.tuple(actor, index, title).map((args) => update(...args))],
  [2, fc.tuple(actor, index, tags).map((args) => retag(...args))],
  [3, fc.tuple(actor, index, fc.boolean()).map((args) => trash(...args))],
  [1, fc.tuple(actor, index).map((args) => remove(...args))],
  [6, fc.tuple(actor, index, fc.tuple(name, role)).map((args) => share(...args))],
  [1, fc.tuple(actor, index, name).map((args) => unshare(...args))],
  [1, fc.tuple(actor, index).map((args) => leave(...args))],
  [1, fc.tuple(actor, index).map((args) => stale(...args))],
  [1, index.map(race)],
  [1, index.map(revokeRace)],
  [4, fc.tuple(name, fc.integer({ min: 1, max: 10 })).map((args) => sync(...args))],
  [3, fc.constant(look())],
]

export const steps: fc.Arbitrary<Command>[] = weighted.flatMap(([weight, command]) =>
  Array.from({ length: weight }, () => command),
)
