/**
 * The routes of the API, one row for each path. The laptop's gateway, the deployed one (`infra/`) and the endpoint
 * follow from this table.
 *
 * An HTTP API of API Gateway has one CORS configuration and one access log for all its routes. `cors` is therefore
 * enforced by path on the laptop only. Deployed, pages of the configured origins may read every path, but they can't
 * send a cookie: `allowCredentials` is off. The access log has the path of each request, so that no path may contain a
 * secret.
 */

/** A method that a function answers. It answers 405 to every other method itself. */
export type Method = 'GET' | 'POST'

interface Common {
  /** Empty for `$default`, which answers 404. */
  readonly methods: readonly Method[]
  /** Name of the function, a key of the tables in `infra/functions.ts` and `packages/local/src/doors.ts`. */
  readonly function: string
  /**
   * What checks the caller at the gateway, before the function: `none`, `gate` (a Lambda authorizer), or `iam` (SigV4).
   * With an authorizer, the function receives the methods of the row and no other.
   */
  readonly authorizer: 'none' | 'gate' | 'iam'
  /**
   * Part of the stage's requests per second, and of its burst, that the route accepts: above 0, at most 1. The laptop
   * has no throttle.
   */
  readonly throttle: number
}

/** Whether the function reads cookies, and whether pages of other origins may read its responses: never both. */
type Reading = { readonly cookies: false; readonly cors: boolean } | { readonly cookies: true; readonly cors: false }

/** A row of a table. */
export type Row = Common & Reading

/** A row of the table with its path. */
export type RouteRow = Row & { readonly path: string }

/**
 * The table. A path is exact, or its last segment is a variable as API Gateway writes it: `/exports/{id}` has one more
 * segment, `/oauth/{path+}` one or more. `$default` is every path without a row.
 */
export const routes = {
  '/graphql': {
    function: 'graphql',
    methods: ['GET', 'POST'],
    authorizer: 'gate',
    cookies: false,
    cors: true,
    throttle: 1,
  },
  '/iam/graphql': {
    function: 'graphql',
    methods: ['POST'],
    authorizer: 'iam',
    cookies: false,
    cors: true,
    throttle: 1,
  },
  '/health': { function: 'graphql', methods: ['GET'], authorizer: 'none', cookies: false, cors: false, throttle: 1 },
  '/.well-known/oauth-protected-resource/graphql': {
    function: 'graphql',
    methods: ['GET'],
    authorizer: 'none',
    cookies: false,
    cors: true,
    throttle: 1,
  },
  $default: { function: 'graphql', methods: [], authorizer: 'none', cookies: false, cors: false, throttle: 1 },
} as const

type Table = typeof routes

/** A function that has a route. */
export type FunctionName = Table[keyof Table]['function']

/** A path of a function, except `$default`. */
export type PathOf<Name extends FunctionName> = {
  [Path in keyof Table]: Table[Path]['function'] extends Name ? Exclude<Path, '$default'> : never
}[keyof Table]

/** The rows of a table as a list. */
export function rowsOf(table: Readonly<Record<string, Row>>): readonly RouteRow[] {
  return Object.entries(table).map(([path, row]) => ({ path, ...row }))
}

/** The rows as a list. */
export const routeRows: readonly RouteRow[] = rowsOf(routes)

/**
 * Route keys of a row at API Gateway. A row without an authorizer has one key for any method, so that its function
 * answers 405 with `allow`, and 204 to preflights that API Gateway passes on. A row with an authorizer has one key for
 * each of its methods, because an authorizer would refuse preflights. Its other methods go to `$default`.
 */
export function routeKeysOf({ path, methods, authorizer }: RouteRow): readonly string[] {
  if (path === '$default') return [path]
  return authorizer === 'none' ? [`ANY ${path}`] : methods.map((method) => `${method} ${path}`)
}
