/** Expectations for mutations: created on demand, and restored after each mutation. */

import { differences } from './expect.ts'
import { factsIn, idOf, type Stored } from './facts.ts'
import type { Item } from './table-reader.ts'
import { type Caller, type World, writeNote } from './world.ts'

/** States of a note before a mutation, from the caller's view. */
export const states = [
  'own',
  'own in the trash',
  'shared',
  'shared in the trash',
  "another's",
  'never written',
] as const

/** One of the states. */
export type State = (typeof states)[number]

/** A world in which mutations can be tested one after the other. */
export interface WriteWorld {
  readonly world: World
  /** Id of a note in this state for the caller. */
  readonly noteIn: (state: State, caller: Caller) => Promise<string>
  /** The stored items between mutations. */
  readonly before: () => Promise<Snapshot>
  /** Reads the stored items after a mutation, and restores those from before. */
  readonly after: () => Promise<Snapshot>
}

function ownerOf(state: State, { who }: Caller): string {
  if (state.startsWith('shared')) return 'alice'
  if (state === "another's") return who === 'alice' ? 'bob' : 'alice'
  return who || 'alice'
}

/** Creates a stage on a world. */
export function createWriteWorld(world: World): WriteWorld {
  const made = new Map<string, Promise<string>>()
  let still: Promise<Snapshot> | undefined
  const before = (): Promise<Snapshot> => {
    still ??= snapshot(world)
    return still
  }
  const make = async (state: State, owner: string): Promise<string> => {
    still = undefined
    const id = await writeNote(world, owner, state.startsWith('shared'))
    if (state.endsWith('trash')) await world.act(owner, 'trashNote', { id })
    return id
  }
  const noteIn = async (state: State, caller: Caller): Promise<string> => {
    if (state === 'never written') return idOf('Note', '01ARZ3NDEKTSV4RRFFQ69G5FAV')
    const owner = ownerOf(state, caller)
    const id = made.get(`${state} ${owner}`) ?? make(state, owner)
    made.set(`${state} ${owner}`, id)
    return id
  }
  const after = async (): Promise<Snapshot> => {
    const [was, is] = [await before(), await snapshot(world)]
    if (written(was, is).length > 0) await world.endpoint.restore(was.items)
    return is
  }
  return { world, noteIn, before, after }
}

/** All stored items, raw and parsed. */
export interface Snapshot {
  readonly items: readonly Item[]
  readonly stored: Stored
}

async function snapshot({ endpoint }: World): Promise<Snapshot> {
  const items = await endpoint.items()
  return { items, stored: factsIn(items) }
}

/** Differences between two snapshots, down to the attribute. */
export function written(before: Snapshot, after: Snapshot): readonly string[] {
  const keyed = ({ items }: Snapshot) => Object.fromEntries(items.map((item) => [`${item.pk} ${item.sk}`, item]))
  return differences(keyed(before), keyed(after), 'stored ')
}
