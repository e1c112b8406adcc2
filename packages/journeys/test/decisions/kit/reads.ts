/** Cases for reads: every path to an object × every caller × every syntax. */
import { idOf, type Stored } from './facts.ts'
import { predict } from './predict.ts'
import { type Problem, problemsWith } from './problems.ts'
import { everything, only, placesIn, root, type Shape } from './shape.ts'
import { documentOf, renamed, type Syntax, syntaxes } from './syntax.ts'
import { changes, connection, noteOrFault, ownNotes, personIn, type Seen, sharedNotes, tagCounts } from './view.ts'
import { type Caller, type Furniture, noteAt, type World } from './world.ts'

/** The world during reads. Nothing is written to it. */
export interface Scene {
  readonly world: World
  readonly stored: Stored
  readonly furniture: Furniture
  /** For each caller, a cursor of `changes` from before the first write. */
  readonly since: ReadonlyMap<string, string>
}

/** A root field to query, and its value when nothing is refused. */
interface Route {
  readonly name: string
  readonly field: string
  readonly args?: (scene: Scene, caller: Caller) => string
  /** The type whose fields are selected, and the fields. */
  readonly target: string
  readonly shape: Shape
  readonly value: (seen: Seen, scene: Scene) => unknown
}

function nodeAt(id: string, seen: Seen, { stored }: Scene): unknown {
  if (seen.caller.kind === 'person' && id === idOf('User', seen.caller.id)) return personIn(stored, seen.caller.id)
  return noteOrFault(noteAt(stored, id), seen)
}

function quoted(text: string): string {
  return `(id: ${JSON.stringify(text)})`
}
function selfOr(caller: Caller, other: Caller): string {
  return idOf('User', (caller.id ? caller : other).id)
}

const noteRoutes = (['alone', 'shared', 'trashed', 'deleted', 'others', 'machines', 'never'] as const).flatMap(
  (which): Route[] => {
    const args = ({ furniture }: Scene) => quoted(furniture[which])
    const value = (seen: Seen, scene: Scene) => nodeAt(scene.furniture[which], seen, scene)
    return [
      { name: `the note ${which}`, field: 'note', args, target: 'Note', shape: everything('Note'), value },
      { name: `the node ${which}`, field: 'node', args, target: 'Node', shape: everything('Node'), value },
    ]
  },
)

function pages(field: string, args: string, notes: (seen: Seen) => ReturnType<typeof ownNotes>): Route[] {
  return [['nodes', 'pageInfo'], ['edges']].map((names) => ({
    name: `${names.join(' and ')} of ${field}${args}`,
    field,
    args: () => args,
    target: 'Note',
    shape: only(everything('NoteConnection'), names),
    value: (seen) => connection(notes(seen), seen),
  }))
}

function nodeIds({ furniture, world }: Scene, caller: Caller): readonly string[] {
  return [...Object.values(furniture), selfOr(caller, world.person('alice')), idOf('User', world.person('sam').id)]
}

const routes: readonly Route[] = [
  ...noteRoutes,
  ...pages('notes', '(first: 5)', (seen) => ownNotes(seen, false)),
  ...pages('notes', '(last: 5, filter: { trashed: true })', (seen) => ownNotes(seen, true)),
  ...pages('sharedWithMe', '(first: 5)', sharedNotes),
  {
    name: 'several nodes of several people',
    field: 'nodes',
    args: (scene, caller) => `(ids: ${JSON.stringify(nodeIds(scene, caller))})`,
    target: 'Node',
    shape: everything('Node'),
    value: (seen, scene) => nodeIds(scene, seen.caller as Caller).map((id) => nodeAt(id, seen, scene)),
  },
  {
    name: 'the caller',
    field: 'me',
    target: 'User',
    shape: everything('User'),
    value: ({ caller, stored }) => personIn(stored, caller.id),
  },
  {
    name: 'the caller as a node',
    field: 'node',
    args: ({ world }, caller) => quoted(selfOr(caller, world.person('alice'))),
    target: 'Node',
    shape: everything('Node'),
    value: (seen, scene) => nodeAt(selfOr(seen.caller as Caller, scene.world.person('alice')), seen, scene),
  },
  {
    name: 'another person as a node',
    field: 'node',
    args: ({ world }) => quoted(idOf('User', world.person('zoe').id)),
    target: 'Node',
    shape: everything('Node'),
    value: (seen, scene) => nodeAt(idOf('User', scene.world.person('zoe').id), seen, scene),
  },
  { name: 'tags', field: 'tags', target: 'TagCount', shape: everything('TagCount'), value: tagCounts },
  ...['NoteChange', 'Note'].map((target) => ({
    name: `changes, asked about ${target}`,
    field: 'changes',
    target,
    shape: everything('NoteChanges'),
    value: (seen: Seen) => changes(seen, true),
  })),
  {
    name: 'changes since a cursor',
    field: 'changes',
    args: ({ since }, { who }) => `(since: ${JSON.stringify(since.get(who) ?? 'x')})`,
    target: 'NoteChange',
    shape: everything('NoteChanges'),
    value: (seen) => changes(seen, false),
  },
]

/** An operation, and the check of its response. */
export interface Case<Stage> {
  readonly name: string
  /** Every selected `Type.field`. */
  readonly places: ReadonlySet<string>
  readonly problems: (stage: Stage, caller: Caller) => Promise<readonly Problem[]>
}

function caseOf(route: Route, syntax: Syntax, times = 1): Case<Scene> {
  const { field, args, target, shape, value } = route
  const shapeFor = (scene: Scene, caller: Caller) => {
    const written = args?.(scene, caller)
    return renamed(root('Query', { key: field, name: field, shape, ...(written && { args: written }) }), syntax, target)
  }
  return {
    name: `${route.name} ${syntax.name}`,
    places: new Set(placesIn(root('Query', { key: field, name: field, shape }))),
    problems: async (scene, caller) => {
      const selected = shapeFor(scene, caller)
      const seen = { caller, stored: scene.stored }
      const predicted = predict(selected, { type: 'Query', [field]: value(seen, scene) }, seen)
      const document = documentOf(selected, syntax, { target, header: 'query' })
      const ask = () => scene.world.endpoint.ask(caller.token, document)
      for (let time = 1; time < times; time += 1) {
        const problems = problemsWith(await ask(), predicted)
        if (problems.length > 0) return problems
      }
      return problemsWith(await ask(), predicted)
    },
  }
}

/** Each field of a note alone, so that no other field can carry its value. */
const alone: readonly Case<Scene>[] = (['alone', 'shared', 'machines'] as const).flatMap((which) =>
  placesIn({
    ...everything('Note'),
    on: { Note: everything('Note').on.Note?.map(({ key, name }) => ({ key, name })) ?? [] },
  })
    .map((place) => place.slice('Note.'.length))
    .map((name) => {
      const route = noteRoutes.find((each) => each.name === `the note ${which}`)
      if (!route) throw new Error('no such route')
      return caseOf({ ...route, name: `${name} of ${route.name}`, shape: only(route.shape, [name]) }, syntaxes[0])
    }),
)

/** All reads of a furnished world, by each caller. */
export const readCases: readonly Case<Scene>[] = [
  ...routes.flatMap((route) => syntaxes.map((syntax) => caseOf(route, syntax))),
  ...alone,
]

/** The same operations repeated, until the endpoint executes its cached plan. */
export const repeatedCases: readonly Case<Scene>[] = routes.flatMap((route) =>
  [syntaxes[0], syntaxes.at(-1) ?? syntaxes[0]].map((syntax) => caseOf(route, syntax, 6)),
)
