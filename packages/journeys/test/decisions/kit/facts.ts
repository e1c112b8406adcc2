/** Expectations and people as stored, read from the table and not through the endpoint. */
import type { Item } from './table-reader.ts'

/** A stored note. */
export interface NoteFacts {
  readonly type: 'Note'
  /** The ULID inside the id. */
  readonly key: string
  readonly id: string
  readonly ownerId: string
  readonly title: string
  readonly content: string
  readonly tags: readonly string[]
  readonly pinned: boolean
  readonly color: string | null
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly trashedAt: string | null
  readonly lastEditedWith: string | null
  readonly shares: Readonly<Record<string, { readonly role: 'EDITOR' | 'VIEWER'; readonly at: string }>>
}

/** A stored profile. */
export interface PersonFacts {
  readonly type: 'User'
  readonly key: string
  readonly id: string
  readonly name: string | null
  readonly email: string | null
  readonly handle: string | null
}

/** A note that disappeared for one person. */
export interface GoneFacts {
  readonly type: 'NoteGone'
  readonly personId: string
  readonly key: string
  readonly noteId: string
  readonly reason: string
  readonly at: string
}

/** All facts of a table. */
export interface Stored {
  readonly notes: readonly NoteFacts[]
  readonly people: readonly PersonFacts[]
  readonly gone: readonly GoneFacts[]
}

/** Returns base64url of `Type:key`. */
export function idOf(type: 'Note' | 'User', key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url')
}

/** Returns the key inside an id. */
export function keyIn(id: string): string {
  return Buffer.from(id, 'base64url').toString().split(':').slice(1).join(':')
}

function personOf({ pk }: Item) {
  return pk.slice('USER#'.length)
}

function noteFrom(item: Item): NoteFacts {
  const key = item.sk.slice('NOTE#'.length)
  const absent = { color: null, trashedAt: null, lastEditedWith: null, shares: {} }
  return {
    ...absent,
    ...item,
    type: 'Note',
    key,
    id: idOf('Note', key),
    ownerId: personOf(item),
  } as unknown as NoteFacts
}

function personFrom(item: Item): PersonFacts {
  const key = personOf(item)
  const absent = { name: null, email: null, handle: null }
  return { ...absent, ...item, type: 'User', key, id: idOf('User', key) } as unknown as PersonFacts
}

function goneFrom({ pk, sk, reason, at }: Item): GoneFacts {
  const key = sk.split('#')[1] ?? ''
  return {
    type: 'NoteGone',
    personId: pk.slice(5),
    key,
    noteId: idOf('Note', key),
    reason: String(reason),
    at: String(at),
  }
}

/** Parses all items. */
export function factsIn(items: readonly Item[]): Stored {
  return {
    notes: items.filter(({ sk }) => sk.startsWith('NOTE#')).map(noteFrom),
    people: items.filter(({ sk }) => sk === 'PROFILE').map(personFrom),
    gone: items.filter(({ reason }) => reason !== undefined).map(goneFrom),
  }
}
