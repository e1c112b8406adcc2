/** The most that one operation may cost, and the sizes of lists by which its cost is estimated. */
import { limits } from '../notes/note-limits.ts'

/**
 * Values in a response, with every list at its largest: 80 notes with all fields, tags and shares, or 1,000 with scalar
 * fields.
 */
export const costMax = 25_000

/** Items of lists without a page size. `Query.tags` has no limit; it counts as one full page. */
const listSizes = { 'Note.tags': limits.tags, 'Note.shares': limits.sharesPerNote, 'Query.tags': limits.pageSize }

/** The options of the cost gate. */
export const costLimit = {
  costMax,
  pageSizeMax: limits.pageSize,
  listSize: limits.pageSizeDefault,
  listSizes,
} as const
