/** The listed operations that the exporter sends: the texts of `packages/api/operations/export.graphql`. */
import type { Operation } from '@fieldnotes/client/graphql-client'

/** A person with whom a note is shared. Their name is data of theirs, and not exported. */
export interface ReadShare {
  readonly person: { readonly id: string } | null
  readonly role: string | null
  readonly sharedAt: string | null
}

/** A note, as the endpoint returns it. A member is null where it was refused, or has no value. */
export interface ReadNote {
  readonly id: string
  readonly title: string | null
  readonly content: string | null
  readonly tags: readonly string[] | null
  readonly pinned: boolean | null
  readonly color: string | null
  readonly version: number | null
  readonly createdAt: string | null
  readonly updatedAt: string | null
  readonly trashedAt: string | null
  readonly viewerRole: string | null
  readonly shares: readonly (ReadShare | null)[] | null
}

/** One page of the person's notes. */
export interface NotesData {
  readonly changes: {
    readonly changes: readonly ({ readonly note?: ReadNote | null } | null)[] | null
    readonly cursor: string | null
    readonly hasMore: boolean | null
    readonly resyncRequired: boolean | null
  } | null
}

/** The person. */
export interface ProfileData {
  readonly me: Readonly<Record<string, unknown>> | null
}

/** All notes from the beginning of the person's changes, in pages. */
export const exportNotes: Operation<NotesData, { readonly since: string | null; readonly first: number }> = {
  text: `query ExportNotes($since: String, $first: Int) {
  changes(since: $since, first: $first) {
    changes {
      ...ExportedNote
      __typename
    }
    cursor
    hasMore
    resyncRequired
    __typename
  }
}

fragment ExportedNote on NoteChanged {
  note {
    id
    title
    content
    tags
    pinned
    color
    version
    createdAt
    updatedAt
    trashedAt
    viewerRole
    shares {
      person {
        id
        __typename
      }
      role
      sharedAt
      __typename
    }
    __typename
  }
  __typename
}`,
}

/** The profile, and the browser sessions. */
export const exportProfile: Operation<ProfileData, Readonly<Record<string, never>>> = {
  text: `query ExportProfile {
  me {
    ...PersonInFull
    sessions(first: 100) {
      nodes {
        ...SessionInList
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment PersonInFull on User {
  ...PersonInName
  email
  handle
  __typename
}

fragment PersonInName on User {
  id
  name
  __typename
}

fragment SessionInList on Session {
  id
  userAgent
  firstSeen
  lastSeen
  current
  __typename
}`,
}
