/** Environment variables that make a library accept what it must refuse. No deployed process may have them. */
import type { Settings } from '../settings.ts'
import { type Faults, faultsWhen } from './faults.ts'

/**
 * Returns one sentence for each dangerous variable. With `FIREBASE_AUTH_EMULATOR_HOST`, firebase-admin accepts unsigned
 * tokens; with `NODE_TLS_REJECT_UNAUTHORIZED=0`, Node accepts every certificate.
 */
export function environmentFaults(environment: Settings['environment']): Faults {
  return [
    ...Object.keys(environment)
      .filter((name) => /_EMULATOR_(?:HOST|HUB)$/i.test(name) && environment[name] !== '')
      .map((name) => `environment: ${name} points at an emulator`),
    ...faultsWhen([
      !['1', '', undefined].includes(environment.NODE_TLS_REJECT_UNAUTHORIZED),
      'environment: NODE_TLS_REJECT_UNAUTHORIZED switches certificate checks off',
    ]),
  ]
}
