import { drawn } from './seeded-texts.ts'

/**
 * A person of the data that every peer serves: ten people with 150 notes each, in memory, so that only the peers' own
 * work differs.
 */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
}

export interface Note {
  readonly id: string
  readonly title: string
  readonly content: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly ownerId: string
  readonly internalNotes: string
  readonly tags: readonly string[]
}

export interface NotePage {
  readonly edges: readonly { readonly cursor: string; readonly node: Note }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const count = { people: 10, notes: 1500 }

function numbers(last: number) {
  return Array.from({ length: last }, (_, index) => index + 1)
}

function person(number: number): Person {
  return {
    id: `u${number}`,
    name: `User ${number}`,
    email: `u${number}@example.com`,
  }
}

function note(number: number): Note {
  const { owner, title, content, tag } = drawn(number)
  return {
    id: `n${number}`,
    title: `${title} ${number}`,
    content: `${content} ${number}`,
    createdAt: '2025-01-01T00:00:00.000Z',
    updatedAt: '2025-02-01T00:00:00.000Z',
    ownerId: `u${1 + owner}`,
    internalNotes: `internal ${number}`,
    tags: ['a', tag, `c${number}`],
  }
}

const people = new Map(numbers(count.people).map((number) => [`u${number}`, person(number)]))
const notes = new Map(numbers(count.notes).map((number) => [`n${number}`, note(number)]))
const notesByOwner = Map.groupBy(notes.values(), ({ ownerId }) => ownerId)

/** The person with this id. */
export function personOf(id: string): Person | undefined {
  return people.get(id)
}

/** The note with this id, for any caller: the rules are measured, not the store. */
export function noteOf(id: string): Note | undefined {
  return notes.get(id)
}

/** The first notes of one person. */
export function pageOf(ownerId: string, first: number): NotePage {
  const all = notesByOwner.get(ownerId) ?? []
  const page = all.slice(0, first)
  return {
    edges: page.map((node) => ({ cursor: node.id, node })),
    pageInfo: { hasNextPage: page.length < all.length, endCursor: page.at(-1)?.id ?? null },
  }
}

/** Number of people and notes. */
export function stats() {
  return { users: people.size, notes: notes.size }
}

/** Id of a note of this person, for the operations. */
export function firstNoteOf(ownerId: string): string {
  return pageOf(ownerId, 1).edges[0]?.node.id ?? ''
}
