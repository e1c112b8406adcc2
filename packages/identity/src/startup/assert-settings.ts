/** Checks the settings before anything is built. All faults are reported at once. */
import { defaultBounds } from '../bounds.ts'
import { acceptedIssuers } from '../issuers/issuer.ts'
import type { Settings } from '../settings.ts'
import { deployedFaults } from './deployed-faults.ts'
import { type Faults, faultsWhen, isUrl } from './faults.ts'
import { rowFaults } from './row-faults.ts'

/**
 * Settings count as deployed unless `loopbackIssuers` is `trust`.
 * @throws Error that lists every fault
 */
export function assertSettings(settings: Settings): void {
  const faults = [
    ...generalFaults(settings),
    ...settings.issuers.flatMap(rowFaults),
    ...(settings.loopbackIssuers === 'trust' ? [] : deployedFaults(settings)),
  ]
  if (faults.length > 0) throw new Error(`identity does not start:\n- ${faults.join('\n- ')}`)
}

function generalFaults({ issuers, resource, loopbackIssuers, proofs, bounds = {} }: Settings): Faults {
  return [
    ...faultsWhen(
      [issuers.length === 0, 'issuers: no row, so that no caller could sign in'],
      [
        !['refuse', 'trust'].includes(loopbackIssuers),
        'loopbackIssuers: say `refuse` or, in local development, `trust`',
      ],
      [!isUrl(resource) || resource.includes('#'), 'resource: not an absolute URL without fragment'],
      [proofs !== undefined && !isConsumption(proofs.consume), 'proofs.consume: not a function, and not `elsewhere`'],
    ),
    ...repeated(issuers.map(({ name }) => name)).map((name) => `issuers: two rows are named ${name}`),
    ...repeated(issuers.flatMap(acceptedIssuers)).map((issuer) => `issuers: two rows believe ${issuer}`),
    ...Object.entries(bounds).flatMap(([name, bound]) => boundFaults(name, bound)),
  ]
}

function isConsumption(consume: unknown): boolean {
  return typeof consume === 'function' || consume === 'elsewhere'
}

function boundFaults(name: string, bound: number): Faults {
  return faultsWhen(
    [!Object.hasOwn(defaultBounds, name), `bounds.${name}: no such bound`],
    [!(Number.isFinite(bound) && bound >= 0), `bounds.${name}: not a number of at least 0`],
  )
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => values.indexOf(value) !== values.lastIndexOf(value))
}
