/**
 * Ids and properties of resources that a test gives, in the place of made-up ones: the resources of a stage can so have
 * the addresses of a cloud that runs on this machine.
 */
import type { Inputs } from './pulumi-types.ts'

/** What a provider returns for a resource. */
export interface GivenState {
  readonly id?: string
  /** What a lookup by name does not find. */
  readonly absent?: true
  readonly state: Inputs
}

/** Variable with the given states as JSON, by the names of the resources. */
export const givenStatesVariable = 'ENGINE_GIVEN_STATES'

/** The given state of a resource; undefined for all others. */
export function givenState(name: string): GivenState | undefined {
  const given: Readonly<Record<string, GivenState>> = JSON.parse(process.env[givenStatesVariable] ?? '{}')
  return Object.hasOwn(given, name) ? given[name] : undefined
}
