/** Finds the route of a request as an HTTP API of API Gateway does ("Create routes for HTTP APIs"). */
import { type RouteRow, routeKeysOf } from '@fieldnotes/core/routes'

/** The route of a request. */
export interface Found {
  readonly row: RouteRow
  /** `ANY /graphql`, `POST /iam/graphql` or `$default`. */
  readonly routeKey: string
  /** Value of the variable in the path, decoded; undefined for a path without one. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined
}

/** Returns the route for a method and a raw path without its query; undefined when no row matches. */
export type FindRoute = (method: string, path: string) => Found | undefined

/** A row whose path has been read. */
interface Pattern {
  readonly row: RouteRow
  readonly routeKeys: readonly string[]
  /** The path before the variable. */
  readonly fixed: string
  /** Name of the variable; undefined for an exact path. */
  readonly variable: string | undefined
  /** Whether the variable is more than one segment. */
  readonly greedy: boolean
}

function patternOf(row: RouteRow): Pattern {
  const [braces = '', variable, plus] = /\{(\w+)(\+?)\}$/.exec(row.path) ?? []
  const fixed = row.path.slice(0, row.path.length - braces.length)
  return { row, routeKeys: routeKeysOf(row), fixed, variable, greedy: plus === '+' }
}

/** The more specific path wins: an exact one, then one segment, then several, then `$default`; the longer one first. */
function rankOf({ row, variable, greedy }: Pattern): number {
  if (row.path === '$default') return 3
  return variable === undefined ? 0 : greedy ? 2 : 1
}

function patternsOf(rows: readonly RouteRow[]): readonly Pattern[] {
  return rows.map(patternOf).sort((a, b) => rankOf(a) - rankOf(b) || b.fixed.length - a.fixed.length)
}

function matches({ row, fixed, variable, greedy }: Pattern, path: string): boolean {
  if (row.path === '$default') return true
  if (variable === undefined) return path === fixed
  const value = path.slice(fixed.length)
  return path.startsWith(fixed) && value !== '' && (greedy || !value.includes('/'))
}

/** A value that is not percent-encoded UTF-8 stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function foundAt(pattern: Pattern, routeKey: string, path: string): Found {
  const { row, fixed, variable } = pattern
  const pathParameters = variable === undefined ? undefined : { [variable]: decoded(path.slice(fixed.length)) }
  return { row, routeKey, pathParameters }
}

/** Returns the function that finds the route of a request among these rows. */
export function createFindRoute(rows: readonly RouteRow[]): FindRoute {
  const patterns = patternsOf(rows)
  return (method, path) => {
    for (const pattern of patterns) {
      const wanted = [`${method} ${pattern.row.path}`, `ANY ${pattern.row.path}`, '$default']
      const routeKey = wanted.find((key) => pattern.routeKeys.includes(key))
      if (routeKey !== undefined && matches(pattern, path)) return foundAt(pattern, routeKey, path)
    }
    return undefined
  }
}

/** Returns whether a row lets pages of other origins read the responses at a path, for every method. */
export function createHasCors(rows: readonly RouteRow[]): (path: string) => boolean {
  const patterns = patternsOf(rows)
  return (path) => patterns.find((pattern) => matches(pattern, path))?.row.cors ?? false
}
