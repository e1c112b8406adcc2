/** A page of an export: files, what was refused, and where the next page begins. */

/** A file of the archive. */
export interface Entry {
  /** Id of the object, which is in an archive once. */
  readonly id: string
  /** Path in the archive: lower-case folders and a file name that no other entry has. */
  readonly path: string
  readonly text: string
}

/** What the endpoint refused, or could not read: the field by its path without list positions, and the code. */
export interface Absent {
  readonly path: string
  readonly code: string
  /** The note of which it is, where others have it. */
  readonly id?: string
}

/** One page. It is stored as one part. */
export interface Page {
  readonly entries: readonly Entry[]
  readonly absent: readonly Absent[]
  /** `since` of the next page. */
  readonly cursor: string | null
  readonly hasMore: boolean
}
