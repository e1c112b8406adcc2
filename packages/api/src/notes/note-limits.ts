/** Limits of notes and lists. The input checks, the cost gate and the schema's descriptions state the same numbers. */
export const limits = {
  titleCharacters: 200,
  contentBytes: 100_000,
  tags: 20,
  /** Tags in an input, repetitions included. A longer list is refused before its tags are read. */
  tagsGiven: 40,
  tagCharacters: 50,
  sharesPerNote: 50,
  /** Notes of one `createNotes`. */
  notesPerCall: 25,
  /** Different tags of one `createNotes`. */
  tagsPerCall: 70,
  /** Items of the largest page, and ids of one `nodes`. */
  pageSize: 100,
  /** Items of a page where neither `first` nor `last` is given. */
  pageSizeDefault: 20,
  /** Bytes of contents on one page of `changes`, beyond its first note. */
  changesContentBytes: 1_000_000,
  /** Days for which a cursor of `changes` is valid. */
  syncCursorDays: 30,
} as const
