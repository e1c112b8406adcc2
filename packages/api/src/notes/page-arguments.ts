/** Checks the arguments of a page (GraphQL Cursor Connections §4): `first` with `after`, or `last` with `before`. */
import type { Problems } from '../errors/bad-input.ts'
import { limits } from './note-limits.ts'

export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

export interface PageWindow {
  readonly size: number
  readonly backward: boolean
  /** The position after which the page begins, in its direction. */
  readonly from: string | undefined
}

export interface PageChecks {
  /** The position of a cursor; undefined for a cursor of another list. */
  readonly open: (cursor: string) => string | undefined
  readonly problems: Problems
}

/** Why a page can't have this size; undefined when it can. */
export function sizeFault(size: number | null | undefined): string | undefined {
  const isFine = size === undefined || size === null || (size >= 1 && size <= limits.pageSize)
  return isFine ? undefined : `use 1 to ${limits.pageSize}`
}

/** Direction, size and start of a page. @throws BAD_USER_INPUT that lists every problem, those found before included */
export function parsePageArguments(args: PageArguments, { open, problems }: PageChecks): PageWindow {
  const backward = (args.last ?? args.before ?? null) !== null
  const isMixed = backward && (args.first ?? args.after ?? null) !== null
  // Cursors are signed for a list with its filter. With a wrong filter there is no list to check them for.
  const checks = { open: problems.any ? () => '' : open, problems }
  problems.add('first', isMixed ? 'give `first` and `after`, or `last` and `before`' : undefined)
  problems.add('first', sizeFault(args.first))
  problems.add('last', sizeFault(args.last))
  const after = positionOf(args, 'after', checks)
  const before = positionOf(args, 'before', checks)
  problems.assertNone()
  const size = (backward ? args.last : args.first) ?? limits.pageSizeDefault
  return { size, backward, from: backward ? before : after }
}

function positionOf(args: PageArguments, name: 'after' | 'before', { open, problems }: PageChecks): string | undefined {
  const cursor = args[name]
  if (typeof cursor !== 'string') return undefined
  const position = open(cursor)
  problems.add(name, position === undefined ? 'not a cursor of this list' : undefined)
  return position
}
