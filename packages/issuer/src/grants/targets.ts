/** Targets: the resource servers for which the issuer gives tokens. A new one is a new row. */
import type { ScopeName } from '@fieldnotes/core/scopes'

/** A scope as the API names it. */
export type Scope = `notes:${ScopeName}`

/** One resource server. */
export interface Target {
  /** Path below the origin of the API. Both together are the `aud` of the target's tokens. */
  readonly path: `/${string}`
  /** Every scope that a token for it may have. */
  readonly scopes: readonly Scope[]
}

/** The targets by name. */
export const targets = {
  graphql: {
    path: '/graphql',
    scopes: ['notes:read', 'notes:write', 'notes:share', 'notes:trash', 'notes:audit'],
  },
  /** It reads nothing by itself: with this scope it gets a token of its own for `graphql`. */
  exporter: { path: '/exporter', scopes: ['notes:read'] },
} as const satisfies Readonly<Record<string, Target>>

/** Name of a target. */
export type TargetName = keyof typeof targets

/** A scope of one target. */
export type ScopeOf<Name extends TargetName> = (typeof targets)[Name]['scopes'][number]

/** Names of all targets. */
export const targetNames = Object.keys(targets) as readonly TargetName[]

/** The identifier of a target at an API with this origin: the `aud` of its tokens (RFC 9068 §2.2). */
export function targetUrl(origin: string, name: TargetName): string {
  return origin + targets[name].path
}
