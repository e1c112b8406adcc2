/** Notes of several people, written through the endpoint itself before anything is asked. */
import { type CallerKind, callers, tokenOf } from './callers.ts'
import type { Endpoint } from './endpoint.ts'
import { factsIn, idOf, keyIn, type NoteFacts, type Stored } from './facts.ts'
import type { Known } from './oracle.ts'

export interface Caller extends Known, CallerKind {
  readonly token: string | undefined
}

export interface World {
  readonly endpoint: Endpoint
  readonly callers: readonly Caller[]
  /** The caller with the usual rights of this person. */
  readonly person: (who: string) => Caller
  /** What is stored now. */
  readonly stored: () => Promise<Stored>
  /** Does as `who`, and must be allowed to. */
  readonly act: (who: string, mutation: string, input: object) => Promise<string | undefined>
}

const payloads: Readonly<Record<string, string>> = {
  createNote: 'note { id }',
  deleteNote: 'deletedNoteId',
  leaveNote: 'leftNoteId',
  updateProfile: 'me { id }',
}

/** The document of a mutation that takes `$input`. */
export function mutation(name: string, selection = payloads[name] ?? 'note { id }'): string {
  return `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} } }`
}

/** The id by which the endpoint knows the caller; being asked for it also makes it keep a profile. */
async function learnId(endpoint: Endpoint, { kind }: CallerKind, token: string | undefined): Promise<string> {
  if (kind === 'anonymous') return ''
  if (kind === 'person') return keyIn((await endpoint.ask(token, '{ me { id handle } }')).body.data.me.id)
  const { body } = await endpoint.ask(token, mutation('createNote', 'note { id owner { id } }'), {
    input: { title: 'the first of a machine' },
  })
  const { id, owner } = body.data.createNote.note
  await endpoint.ask(token, mutation('deleteNote'), { input: { id } })
  return keyIn(owner.id)
}

/** A caller can only be asked for its id by a token that may answer; one person has one id. */
async function meet(endpoint: Endpoint): Promise<readonly Caller[]> {
  const ids = new Map<string, string>()
  const met: Caller[] = []
  for (const kind of callers) {
    const token = await tokenOf(endpoint, kind)
    const id = ids.get(kind.who) ?? (await learnId(endpoint, kind, token))
    ids.set(kind.who, id)
    met.push({ ...kind, token, id })
  }
  return met
}

/** Everybody, and no notes. */
export async function createWorld(endpoint: Endpoint): Promise<World> {
  const met = await meet(endpoint)
  const person = (who: string): Caller => {
    const found = met.find((caller) => caller.who === who)
    if (!found) throw new Error(`nobody is called ${who}`)
    return found
  }
  const act = async (who: string, name: string, input: object): Promise<string | undefined> => {
    const { body, text } = await endpoint.ask(person(who).token, mutation(name), { input })
    if (body.errors) throw new Error(`${who} could not ${name}: ${text}`)
    return body.data[name].note?.id
  }
  return { endpoint, callers: met, person, act, stored: async () => factsIn(await endpoint.items()) }
}

/** Whom a shared note is shared with. */
const shares = [
  ['bob', 'VIEWER'],
  ['dave', 'EDITOR'],
  ['stella', 'VIEWER'],
  ['frank', 'VIEWER'],
] as const

let written = 0

/** A note of `who` with words that stand nowhere else; shared with the usual people if it is to be. Returns its id. */
export async function writeNote(world: World, who: string, isShared: boolean): Promise<string> {
  written += 1
  const words = (what: string) => `${what} ${written} of ${who}`
  const input = { title: words('title'), content: words('content'), tags: [words('tag')], pinned: true, color: 'BLUE' }
  const id = (await world.act(who, 'createNote', input)) ?? ''
  for (const [other, role] of isShared ? shares : []) {
    const handle = await handleOf(world, other)
    await world.act(who, 'shareNote', { id, handle, role })
  }
  return id
}

/** The handle by which notes are shared with `who`, as it is now. */
export async function handleOf({ endpoint, person }: World, who: string): Promise<string> {
  return (await endpoint.ask(person(who).token, '{ me { handle } }')).body.data.me.handle
}

/** The notes that are read: own, shared, in the trash, another's, of a machine, deleted. */
export async function furnish(world: World) {
  const alone = await writeNote(world, 'alice', false)
  const shared = await writeNote(world, 'alice', true)
  const trashed = await writeNote(world, 'alice', true)
  await world.act('alice', 'trashNote', { id: trashed })
  const deleted = await writeNote(world, 'alice', true)
  await world.act('alice', 'deleteNote', { id: deleted })
  const others = await writeNote(world, 'bob', false)
  const machines = await writeNote(world, 'machine', false)
  return { alone, shared, trashed, deleted, others, machines, never: idOf('Note', '01ARZ3NDEKTSV4RRFFQ69G5FAV') }
}

export type Furniture = Awaited<ReturnType<typeof furnish>>

/** The facts of a note, or nothing where there is none. */
export function noteAt({ notes }: Stored, id: string): NoteFacts | undefined {
  return notes.find((note) => note.id === id)
}
