/** What people may do to each other's notes, against the endpoint and against the model at once. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { act, type Mutation } from './acts.ts'
import { type Model, type ModelNote, type Name, names, type Role, roleIn, touch, verdict, view } from './model.ts'
import type { Answer, Data, Somebody } from './world.ts'

/** The people of one run, their handles, ids and offline devices. */
export interface Real {
  readonly people: Readonly<Record<Name, Somebody>>
  readonly handles: Readonly<Record<Name, string>>
  readonly ids: Readonly<Record<Name, string>>
  readonly devices: Readonly<Record<Name, { cursor: string | null; readonly kept: Map<string, Data> }>>
}

type Command = fc.AsyncCommand<Model, Real>

/** One step: `run` may rely on what `when` says of the model. */
const step = (
  name: string,
  when: (model: Model) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command => ({
  check: when,
  run,
  toString: () => name,
})

const anyNote = ({ notes }: Model) => notes.length > 0

/** One of the latest few notes, so that steps meet. */
const pick = ({ notes }: Model, index: number): ModelNote => {
  const note = notes[notes.length - 1 - (index % notes.length)]
  if (!note) throw new Error('no note')
  return note
}

/** Somebody by name, or by what they are to the note. */
type Actor = Name | 'owner' | 'sharee'

const actorOf = (note: ModelNote, actor: Actor): Name => {
  if (actor === 'owner') return note.owner
  if (actor !== 'sharee') return actor
  const [sharee] = note.shares.keys()
  return sharee ?? note.owner
}

const expectCode = (answer: Answer, code: string | undefined, what: string) =>
  expect(answer.codes, what).toEqual(code ? [code] : [])

const selection = '{ nodes { id title tags version viewerRole } }'
const everything = `{ notes(first: 100) ${selection} trash: notes(first: 100, filter: { trashed: true }) ${selection} sharedWithMe(first: 100) ${selection} tags { tag count } }`

/** Everybody sees exactly what the model says. */
export const lookAround = async (model: Model, real: Real): Promise<void> => {
  for (const who of names) {
    const { data, codes } = await real.people[who].ask(everything)
    expect(codes).toEqual([])
    const { notes, trash, sharedWithMe, tags } = data
    expect({ notes: notes.nodes, trash: trash.nodes, shared: sharedWithMe.nodes, tags }, who).toEqual(view(model, who))
    const ids = model.notes.slice(-100).map(({ id }) => id)
    const byId = await real.people[who].ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
    const visible = model.notes.slice(-100).map((note) => (roleIn(note, who) ? { id: note.id } : null))
    expect(byId.data.nodes, who).toEqual(visible)
  }
}

const create = (who: Name, title: string, tags: readonly string[]): Command =>
  step(
    `${who} writes ${title}`,
    () => true,
    async (model, real) => {
      const { data, codes } = await act(real.people[who], 'createNote', { title, tags })
      expect(codes).toEqual([])
      model.tick += 1
      model.notes.push({
        id: data.createNote.note.id,
        owner: who,
        title,
        tags,
        version: 1,
        trashed: false,
        changed: model.tick,
        shares: new Map(),
      })
    },
  )

/** A change by one person: refused as the model says, or done to both. */
const change = (
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
): Command =>
  step(`${actor} ${name} ${index}`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const who = actorOf(note, actor)
    const code = verdict(note, who, allowed)
    expectCode(await act(real.people[who], mutation, { id: note.id, ...input(note, real) }), code, name)
    if (!code && apply(note, who)) touch(model, note)
    if (!code && mutation === 'deleteNote') model.notes.splice(model.notes.indexOf(note), 1)
  })

const update = (who: Actor, index: number, title: string): Command =>
  change('renames', [who, index], {
    mutation: 'updateNote',
    allowed: ['OWNER', 'EDITOR'],
    input: () => ({ title }),
    apply: (note) => {
      note.title = title
      return true
    },
  })

const retag = (who: Actor, index: number, tags: readonly string[]): Command =>
  change('retags', [who, index], {
    mutation: 'updateNote',
    allowed: ['OWNER', 'EDITOR'],
    input: ({ version }) => ({ tags, version }),
    apply: (note) => {
      note.tags = tags
      return true
    },
  })

const trash = (who: Actor, index: number, into: boolean): Command =>
  change(into ? 'trashes' : 'restores', [who, index], {
    mutation: into ? 'trashNote' : 'restoreNote',
    allowed: ['OWNER'],
    input: () => ({}),
    apply: (note) => {
      const moved = note.trashed !== into
      note.trashed = into
      return moved
    },
  })

const remove = (who: Actor, index: number): Command =>
  change('deletes', [who, index], { mutation: 'deleteNote', allowed: ['OWNER'], input: () => ({}), apply: () => true })

const share = (actor: Actor, index: number, [other, role]: readonly [Name, Role]): Command =>
  step(`${actor} shares ${index} with ${other} as ${role}`, anyNote, async (model, real) => {
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

const unshare = (who: Actor, index: number, other: Name): Command =>
  change(`unshares with ${other}`, [who, index], {
    mutation: 'unshareNote',
    allowed: ['OWNER'],
    input: (_, { ids }) => ({ personId: ids[other] }),
    apply: (note) => note.shares.delete(other),
  })

const leave = (who: Actor, index: number): Command =>
  change('leaves', [who, index], {
    mutation: 'leaveNote',
    allowed: ['EDITOR', 'VIEWER'],
    input: () => ({}),
    apply: (note, leaver) => note.shares.delete(leaver),
  })

const stale = (actor: Actor, index: number): Command =>
  step(`${actor} renames an old version of ${index}`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const who = actorOf(note, actor)
    const code = verdict(note, who, ['OWNER', 'EDITOR']) ?? 'CONFLICT'
    const input = { id: note.id, title: 'never', version: note.version - 1 }
    expectCode(await act(real.people[who], 'updateNote', input), code, 'stale')
  })

/** Many rename one note at once: nobody's change gets lost, and one of them stands in the end. */
const race = (index: number): Command =>
  step(`everybody renames ${index} twice at once`, anyNote, async (model, real) => {
    const note = pick(model, index)
    const tries = [...names, ...names].map((who, turn) => ({ who, title: `race ${turn}` }))
    const answers = await Promise.all(
      tries.map(({ who, title }) => act(real.people[who], 'updateNote', { id: note.id, title })),
    )
    for (const [turn, { who, title }] of tries.entries()) {
      const code = verdict(note, who, ['OWNER', 'EDITOR'])
      expectCode(answers[turn] as Answer, code, title)
    }
    const done = tries.filter(({ who }) => !verdict(note, who, ['OWNER', 'EDITOR']))
    const { data } = await real.people[note.owner].ask('query ($id: ID!) { note(id: $id) { title } }', { id: note.id })
    expect(done.map(({ title }) => title)).toContain(data.note.title)
    for (const _ of done) touch(model, note)
    note.title = data.note.title
  })

/** An editor writes while the owner takes the share back: either is first, and in the end the editor is out. */
const revokeRace = (index: number): Command =>
  step(`the sharee is locked out of ${index} while renaming`, anyNote, async (model, real) => {
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

/** A device that comes back online: afterwards it holds exactly what its owner sees. */
export const sync = (who: Name, first: number): Command =>
  step(
    `${who} syncs by ${first}`,
    () => true,
    async (model, real) => {
      const device = real.devices[who]
      const query =
        'query ($since: String, $first: Int) { changes(since: $since, first: $first) { cursor hasMore changes { ... on NoteChanged { note { id title tags version viewerRole } } ... on NoteGone { noteId } } } }'
      for (let more = true; more; ) {
        const { data, codes } = await real.people[who].ask(query, { since: device.cursor, first })
        expect(codes).toEqual([])
        for (const { note, noteId } of data.changes.changes) {
          if (note) device.kept.set(note.id, note)
          else device.kept.delete(noteId)
        }
        device.cursor = data.changes.cursor
        more = data.changes.hasMore
      }
      const { notes, trash: trashed, shared } = view(model, who)
      expect(new Map(device.kept)).toEqual(new Map([...notes, ...trashed, ...shared].map((note) => [note.id, note])))
    },
  )

const look = (): Command => step('everybody looks', () => true, lookAround)

const name = fc.constantFrom(...names)
const index = fc.nat({ max: 3 })
const actor = fc.constantFrom<Actor>('owner', 'owner', 'owner', 'sharee', 'sharee', ...names)
const title = fc.stringMatching(/^[a-z]{1,8}$/)
const tags = fc.uniqueArray(fc.constantFrom('red', 'green', 'blue', 'x#y'), { maxLength: 3 })
const role = fc.constantFrom<Role>('EDITOR', 'VIEWER')

/** How often each step comes up among 30. */
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
