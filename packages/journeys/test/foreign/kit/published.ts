/** The packages of this repository that are published. */

/** A folder under `packages/` whose package is published. */
export type Published = (typeof published)[number]

export const published = ['core', 'identity', 'policy'] as const

/** Tarballs by package, packed once for a test run by `setup.ts`. */
export type Tarballs = Readonly<Record<Published, string>>

declare module 'vitest' {
  interface ProvidedContext {
    tarballs: Tarballs
  }
}
