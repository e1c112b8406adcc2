/** Expectations of several people, created through the endpoint before any test reads. */
import { type CallerKind, callers, tokenOf } from './callers.ts'
import type { Endpoint } from './endpoint.ts'
import { factsIn, idOf, keyIn, type NoteFacts, type Stored } from './facts.ts'
import type { KnownCaller } from './oracle.ts'

export interface Caller extends KnownCaller, CallerKind {
  readonly token: string | undefined
}

export interface World {
  readonly endpoint: Endpoint
  readonly callers: readonly Caller[]
  /** The caller with this person's default rights. */
  readonly person: (who: string) => Caller
  /** Reads the stored facts. */
  readonly stored: () => Promise<Stored>
  /** Executes a mutation as `who`; fails when it is refused. */
  readonly act: (who: string, mutation: string, input: object) => Promise<string | undefined>
}

const payloads: Readonly<Record<string, string>> = {
  createNote: 'note { id }',
  deleteNote: 'deletedNoteId',
  leaveNote: 'leftNoteId',
  updateProfile: 'me { id }',
  signOut: 'everywhere',
}

/** The document of a mutation with the variable `$input`. */
export function mutation(name: string, selection = payloads[name] ?? 'note { id }'): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`
  return `mutation ($input: ${type}) { ${name}(input: $input) { ${selection} } }`
}

/** The user id of the caller. The query also makes the endpoint store a profile. */
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

/** Learns each person's id with a token that may read it; all callers of one person share the id. */
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

/** Creates a world with all callers and no notes. */
export async function createWorld(endpoint: Endpoint): Promise<World> {
  const met = await meet(endpoint)
  const person = (who: string): Caller => {
    const found = met.find((caller) => caller.who === who)
    if (!found) throw new Error(`no caller is called ${who}`)
    return found
  }
  const act = async (who: string, name: string, input: object): Promise<string | undefined> => {
    const { body, text } = await endpoint.ask(person(who).token, mutation(name), { input })
    if (body.errors) throw new Error(`${who} could not ${name}: ${text}`)
    return body.data[name].note?.id
  }
  return { endpoint, callers: met, person, act, stored: async () => factsIn(await endpoint.items()) }
}

/** Shares of a shared note. */
const shares = [
  ['bob', 'VIEWER'],
  ['dave', 'EDITOR'],
  ['stella', 'VIEWER'],
  ['frank', 'VIEWER'],
] as const

let written = 0

/** Creates a note of `who` with unique words, shared on request. Returns its id. */
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

/** The current handle of `who`, by which notes are shared. */
export async function handleOf({ endpoint, person }: World, who: string): Promise<string> {
  return (await endpoint.ask(person(who).token, '{ me { handle } }')).body.data.me.handle
}

/** Creates the notes that are read: own, shared, in the trash, another person's, a machine's, deleted. */
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

/** Facts of a note; `undefined` when it does not exist. */
export function noteAt({ notes }: Stored, id: string): NoteFacts | undefined {
  return notes.find((note) => note.id === id)
}
