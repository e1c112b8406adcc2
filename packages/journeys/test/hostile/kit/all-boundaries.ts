/** For each limit of a request: one that is as large as allowed, and one that is larger by one. */
import { argumentBoundaries } from './argument-boundaries.ts'
import type { Boundary } from './boundary.ts'
import { documentBoundaries } from './document-boundaries.ts'
import { sizeBoundaries } from './size-boundaries.ts'

/** All boundaries, by the name of the limit in the sources. */
export const boundaries: Readonly<Record<string, Boundary>> = {
  ...documentBoundaries,
  ...sizeBoundaries,
  ...argumentBoundaries,
}
