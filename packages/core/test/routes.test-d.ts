/** Rows of the table of routes that must not compile. Checked by `tsc`; nothing here runs. */
import type { PathOf, RouteRow } from '../src/routes.ts'

declare const row: Extract<RouteRow, { cookies: false }>

export const right: RouteRow = { ...row, cors: true }
export const session: RouteRow = { ...row, cookies: true, cors: false }

// @ts-expect-error pages of other origins never read what a cookie opens
export const cookieForAll: RouteRow = { ...row, cookies: true, cors: true }

// @ts-expect-error no such authorizer
export const jwt: RouteRow = { ...row, authorizer: 'jwt' }

// @ts-expect-error a function answers only what it knows
export const anyMethod: RouteRow = { ...row, methods: ['ANY'] }

const { throttle: _throttle, ...unthrottled } = row
// @ts-expect-error the throttle has no default
export const withoutThrottle: RouteRow = unthrottled

// @ts-expect-error `$default` is no path that a function answers
export const everywhere: PathOf<'graphql'> = '$default'

// @ts-expect-error a function without a route has no paths
export type Unknown = PathOf<'nothing'>
