/** Every mutation of a note: its input, and the expected changes in the store. */
import { any } from './expect.ts'
import { idOf, type NoteFacts } from './facts.ts'
import { personIn } from './view.ts'
import type { Caller, World } from './world.ts'
import type { Snapshot } from './write-world.ts'

type Changes = Partial<Record<keyof NoteFacts, unknown>>

/** A mutation with its expected effect. */
export interface NoteMutation {
  readonly mutation: string
  readonly input: (given: {
    readonly id: string
    readonly caller: Caller
    readonly world: World
    readonly now: Snapshot
  }) => object
  /** Expected changes of the note: `gone` when it is deleted, `undefined` when nothing changes. */
  readonly effect: (before: NoteFacts, caller: Caller, world: World) => Changes | 'gone' | undefined
}

/** The person that these mutations share with, and the person whose share they remove. */
function newcomer({ who }: Caller) {
  return who === 'zoe' ? 'sam' : 'zoe'
}
const leaver = 'dave'

const words = { title: 'another title', content: 'other content', tags: ['one', 'two'], pinned: false, color: null }

function without({ shares }: NoteFacts, id: string) {
  return id in shares ? { shares: Object.fromEntries(Object.entries(shares).filter(([key]) => key !== id)) } : undefined
}

/** Mutations of an existing note. */
export const noteMutations: readonly NoteMutation[] = [
  { mutation: 'updateNote', input: ({ id }) => ({ id, ...words }), effect: () => words },
  {
    mutation: 'trashNote',
    input: ({ id }) => ({ id }),
    effect: ({ trashedAt }) => (trashedAt ? undefined : { trashedAt: any('string') }),
  },
  {
    mutation: 'restoreNote',
    input: ({ id }) => ({ id }),
    effect: ({ trashedAt }) => (trashedAt ? { trashedAt: null } : undefined),
  },
  { mutation: 'deleteNote', input: ({ id }) => ({ id }), effect: () => 'gone' },
  {
    mutation: 'shareNote',
    input: ({ id, caller, world, now }) => {
      const { handle } = personIn(now.stored, world.person(newcomer(caller)).id)
      return { id, handle, role: 'EDITOR' }
    },
    effect: ({ shares }, caller, world) => ({
      shares: { ...shares, [world.person(newcomer(caller)).id]: { role: 'EDITOR', at: any('string') } },
    }),
  },
  {
    mutation: 'unshareNote',
    input: ({ id, world }) => ({ id, personId: idOf('User', world.person(leaver).id) }),
    effect: (note, _caller, world) => without(note, world.person(leaver).id),
  },
  { mutation: 'leaveNote', input: ({ id }) => ({ id }), effect: (note, { id }) => without(note, id) },
]
