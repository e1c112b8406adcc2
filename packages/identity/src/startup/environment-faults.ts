/** Variables that no deployed process may have: they make libraries believe what nobody signed. */

import type { Settings } from '../settings.ts'
import { type Faults, when } from './faults.ts'

/** firebase-admin believes unsigned tokens when it sees the first; Node believes any certificate when it sees the last. */
export function environmentFaults(environment: Settings['environment']): Faults {
  return [
    ...Object.keys(environment)
      .filter((name) => /_EMULATOR_(?:HOST|HUB)$/i.test(name) && environment[name] !== '')
      .map((name) => `environment: ${name} points at an emulator`),
    ...when([
      !['1', '', undefined].includes(environment.NODE_TLS_REJECT_UNAUTHORIZED),
      'environment: NODE_TLS_REJECT_UNAUTHORIZED switches certificate checks off',
    ]),
  ]
}
