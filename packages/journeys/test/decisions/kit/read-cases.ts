/** Cases for reads: every path to an object × every caller × every syntax. */
import { idOf, type Stored } from './facts.ts'
import { predict } from './predict.ts'
import { type Problem, problemsWith } from './problems.ts'
import { coordinatesIn, everything, only, root, type Shape } from './shape.ts'
import { documentOf, renamed, type Syntax, syntaxes } from './syntax.ts'
import { changes, connection, noteOrFault, ownNotes, personIn, type Seen, sharedNotes, tagCounts } from './view.ts'
import { type Caller, type Furniture, noteAt, type World } from './world.ts'

/** The world during reads. Nothing is written to it. */
export interface ReadWorld {
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
  readonly args?: (readWorld: ReadWorld, caller: Caller) => string
  /** The type whose fields are selected, and the fields. */
  readonly target: string
  readonly shape: Shape
  readonly value: (seen: Seen, readWorld: ReadWorld) => unknown
}

function nodeAt(id: string, seen: Seen, { stored }: ReadWorld): unknown {
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
    const args = ({ furniture }: ReadWorld) => quoted(furniture[which])
    const value = (seen: Seen, readWorld: ReadWorld) => nodeAt(readWorld.furniture[which], seen, readWorld)
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

function nodeIds({ furniture, world }: ReadWorld, caller: Caller): readonly string[] {
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
    args: (readWorld, caller) => `(ids: ${JSON.stringify(nodeIds(readWorld, caller))})`,
    target: 'Node',
    shape: everything('Node'),
    value: (seen, readWorld) => nodeIds(readWorld, seen.caller as Caller).map((id) => nodeAt(id, seen, readWorld)),
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
    value: (seen, readWorld) => nodeAt(selfOr(seen.caller as Caller, readWorld.world.person('alice')), seen, readWorld),
  },
  {
    name: 'another person as a node',
    field: 'node',
    args: ({ world }) => quoted(idOf('User', world.person('zoe').id)),
    target: 'Node',
    shape: everything('Node'),
    value: (seen, readWorld) => nodeAt(idOf('User', readWorld.world.person('zoe').id), seen, readWorld),
  },
  { name: 'tags', field: 'tags', target: 'TagCount', shape: everything('TagCount'), value: tagCounts },
  ...['NoteChange', 'Note'].map((target) => ({
    name: `changes, with all fields of ${target}`,
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
export interface Case<On> {
  readonly name: string
  /** Every selected `Type.field`. */
  readonly coordinates: ReadonlySet<string>
  readonly problems: (on: On, caller: Caller) => Promise<readonly Problem[]>
}

function caseOf(route: Route, syntax: Syntax, times = 1): Case<ReadWorld> {
  const { field, args, target, shape, value } = route
  const shapeFor = (readWorld: ReadWorld, caller: Caller) => {
    const written = args?.(readWorld, caller)
    return renamed(root('Query', { key: field, name: field, shape, ...(written && { args: written }) }), syntax, target)
  }
  return {
    name: `${route.name} ${syntax.name}`,
    coordinates: new Set(coordinatesIn(root('Query', { key: field, name: field, shape }))),
    problems: async (readWorld, caller) => {
      const selected = shapeFor(readWorld, caller)
      const seen = { caller, stored: readWorld.stored }
      const predicted = predict(selected, { type: 'Query', [field]: value(seen, readWorld) }, seen)
      const document = documentOf(selected, syntax, { target, header: 'query' })
      const ask = () => readWorld.world.endpoint.ask(caller.token, document)
      for (let time = 1; time < times; time += 1) {
        const problems = problemsWith(await ask(), predicted)
        if (problems.length > 0) return problems
      }
      return problemsWith(await ask(), predicted)
    },
  }
}

/** Each field of a note alone, so that no other field can carry its value. */
const alone: readonly Case<ReadWorld>[] = (['alone', 'shared', 'machines'] as const).flatMap((which) =>
  coordinatesIn({
    ...everything('Note'),
    on: { Note: everything('Note').on.Note?.map(({ key, name }) => ({ key, name })) ?? [] },
  })
    .map((coordinate) => coordinate.slice('Note.'.length))
    .map((name) => {
      const route = noteRoutes.find((each) => each.name === `the note ${which}`)
      if (!route) throw new Error('no such route')
      return caseOf({ ...route, name: `${name} of ${route.name}`, shape: only(route.shape, [name]) }, syntaxes[0])
    }),
)

/** All reads of a furnished world, by each caller. */
export const readCases: readonly Case<ReadWorld>[] = [
  ...routes.flatMap((route) => syntaxes.map((syntax) => caseOf(route, syntax))),
  ...alone,
]

/** The same operations repeated, until the endpoint executes its cached plan. */
export const repeatedCases: readonly Case<ReadWorld>[] = routes.flatMap((route) =>
  [syntaxes[0], syntaxes.at(-1) ?? syntaxes[0]].map((syntax) => caseOf(route, syntax, 6)),
)
