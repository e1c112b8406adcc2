/** Every mutation, crossed with every caller and every state of a note: the answer, what is stored, and what `viewerCan` said before. */

import { clientId } from '@fieldnotes/local/shapes'
import { type Act, noteActs } from './acts.ts'
import { any, differences, Fault } from './expect.ts'
import type { NoteFacts } from './facts.ts'
import { outcomeOf } from './oracle.ts'
import { predict } from './predict.ts'
import { type Problem, problemsWith } from './problems.ts'
import type { Case } from './reads.ts'
import { everything, placesIn, root, type Shape } from './shape.ts'
import { type Snapshot, type Stage, type State, states, written } from './stage.ts'
import { documentOf, renamed, type Syntax, syntaxes } from './syntax.ts'
import { noteView, type Seen } from './view.ts'
import { type Caller, noteAt } from './world.ts'

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The operation of a mutation that asks for everything in its payload. */
export function rootOf(mutation: string): Shape {
  const shape = everything(`${capital(mutation)}Payload`)
  return root('Mutation', { key: mutation, name: mutation, args: '(input: $input)', shape })
}

/** The document of a mutation in one of the syntaxes, and the shape of its answer. */
export function asking(mutation: string, syntax: Syntax) {
  const shape = renamed(rootOf(mutation), syntax, 'Note')
  const header = `mutation ($input: ${capital(mutation)}Input!)`
  return { shape, document: documentOf(shape, syntax, { target: 'Note', header }) }
}

/** All callers meet all syntaxes in some act, and all acts meet all syntaxes with some caller. */
export function syntaxFor(caller: Caller, turn: number): Syntax {
  return syntaxes[(caller.name.length + turn) % syntaxes.length] ?? syntaxes[0]
}

const said = { updateNote: 'update', trashNote: 'trash', restoreNote: 'restore', deleteNote: 'delete' } as const
const sayings: Readonly<Record<string, string>> = { ...said, shareNote: 'share', leaveNote: 'leave' }

/** What `viewerCan` says of an act before it is done; nothing where it says nothing. */
async function foretold({ world }: Stage, caller: Caller, mutation: string, id: string): Promise<unknown> {
  const ability = sayings[mutation]
  if (!ability) return undefined
  const { body } = await world.endpoint.ask(
    caller.token,
    `query ($id: ID!) { note(id: $id) { viewerCan { ${ability} } } }`,
    { id },
  )
  return body.data.note?.viewerCan?.[ability]
}

/** The members of a note that clients can see or that decide. */
function membersOf(note: NoteFacts) {
  const { id, ownerId, title, content, tags, pinned, color, version, createdAt, updatedAt, trashedAt } = note
  const { lastEditedWith, shares } = note
  return {
    id,
    ownerId,
    title,
    content,
    tags,
    pinned,
    color,
    version,
    createdAt,
    updatedAt,
    trashedAt,
    lastEditedWith,
    shares,
  }
}

interface Deed {
  readonly act: Act
  readonly caller: Caller
  readonly id: string
  readonly before: Snapshot
  readonly after: Snapshot
}

/** Whether the note is now exactly what the act makes of it. */
function misdone({ world }: Stage, { act, caller, id, before, after }: Deed): readonly Problem[] {
  const was = noteAt(before.stored, id)
  const is = noteAt(after.stored, id)
  if (!was) return ['nothing was there']
  const effect = act.effect(was, caller, world)
  if (effect === 'gone') return is ? ['the note is still there'] : []
  if (effect === undefined) return written(before, after)
  const client = caller.issuer === 'cognito' ? clientId : null
  const stamps = { version: was.version + 1, updatedAt: any('string'), lastEditedWith: client }
  return differences({ ...membersOf(was), ...stamps, ...effect }, is && membersOf(is), 'note ')
}

/** Other people's notes and profiles stay as they were, whatever is done. */
export function touched(before: Snapshot, after: Snapshot, ids: readonly string[]): readonly Problem[] {
  const others = ({ stored }: Snapshot) =>
    Object.fromEntries(stored.notes.filter(({ id }) => !ids.includes(id)).map((note) => [note.id, note]))
  return differences(others(before), others(after), 'another note ')
}

function payloadOf(mutation: string, id: string, seen: Seen): object {
  const type = `${capital(mutation)}Payload`
  if (mutation === 'deleteNote') return { type, deletedNoteId: id }
  if (mutation === 'leaveNote') return { type, leftNoteId: id }
  const note = noteAt(seen.stored, id)
  return { type, note: note ? noteView(note, seen) : null }
}

function noteCase(act: Act, state: State, turn: number): Case<Stage> {
  return {
    name: `${act.mutation} of a note: ${state}`,
    places: new Set(placesIn(rootOf(act.mutation))),
    problems: async (stage, caller) => {
      const { mutation } = act
      const { world } = stage
      const id = await stage.noteIn(state, caller)
      const saying = await foretold(stage, caller, mutation, id)
      const before = await stage.before()
      const { shape, document } = asking(mutation, syntaxFor(caller, turn))
      const answer = await world.endpoint.ask(caller.token, document, {
        input: act.input({ id, caller, world, now: before }),
      })
      const after = await stage.after()
      const seen = { caller, stored: after.stored }
      const outcome = outcomeOf(caller, mutation, noteAt(before.stored, id))
      const result = outcome ? new Fault(outcome) : payloadOf(mutation, id, seen)
      const said = saying === undefined || saying === !outcome
      return [
        ...problemsWith(answer, predict(shape, { type: 'Mutation', [mutation]: result }, seen)),
        ...(outcome ? written(before, after) : misdone(stage, { act, caller, id, before, after })),
        ...touched(before, after, [id]),
        ...(said ? [] : [`viewerCan said ${saying}`]),
      ]
    },
  }
}

/** Everything that can be done with a note. */
export const noteCases: readonly Case<Stage>[] = noteActs.flatMap((act, at) =>
  states.map((state, index) => noteCase(act, state, at * states.length + index)),
)
