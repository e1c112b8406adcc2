/** The routes of browser sessions, beside those of the endpoint. */
import { type RouteRow, rowsOf } from './routes.ts'

/**
 * The table. A stage has them where it has browser sessions (`infra/stage-routes.ts`). A sign-in that is started costs
 * a write before anything is known of the caller.
 */
export const sessionRoutes = {
  '/session': { function: 'session', methods: ['GET'], authorizer: 'none', cookies: true, cors: false, throttle: 1 },
  '/session/login': {
    function: 'session',
    methods: ['GET'],
    authorizer: 'none',
    cookies: true,
    cors: false,
    throttle: 0.1,
  },
  '/session/callback': {
    function: 'session',
    methods: ['GET'],
    authorizer: 'none',
    cookies: true,
    cors: false,
    throttle: 0.1,
  },
  '/session/firebase': {
    function: 'session',
    methods: ['POST'],
    authorizer: 'none',
    cookies: true,
    cors: false,
    throttle: 0.1,
  },
  '/session/logout': {
    function: 'session',
    methods: ['POST'],
    authorizer: 'none',
    cookies: true,
    cors: false,
    throttle: 0.1,
  },
  '/session/graphql': {
    function: 'entry',
    methods: ['POST'],
    authorizer: 'none',
    cookies: true,
    cors: false,
    throttle: 1,
  },
} as const

type SessionTable = typeof sessionRoutes

/** A function of browser sessions. */
export type SessionFunctionName = SessionTable[keyof SessionTable]['function']

/** A path of a function of browser sessions. */
export type SessionPathOf<Name extends SessionFunctionName> = {
  [Path in keyof SessionTable]: SessionTable[Path]['function'] extends Name ? Path : never
}[keyof SessionTable]

/** The rows as a list. */
export const sessionRouteRows: readonly RouteRow[] = rowsOf(sessionRoutes)
