/** A row of the lists of dangerous changes. */
import type { Change } from '../copy.ts'

const guards = [
  'adopted-table',
  'apps',
  'table',
  'function',
  'authorizer',
  'pre-token',
  'gateway',
  'identity',
  'identity-pool',
  'exporter',
  'issuer',
  'providers',
  'sessions',
  'alarms',
  'resources',
  'settings',
  'stage',
  'graph',
  'kept',
] as const

/** A dangerous change. */
export interface Danger extends Change {
  readonly what: string
  /** The test file of `packages/cloud/test` that must fail. */
  readonly noticedBy: (typeof guards)[number]
}

/** A replacement in a file of `infra/`, by its name without extension, or in another file. */
export function danger(
  what: string,
  noticedBy: Danger['noticedBy'],
  file: string,
  [from, to]: readonly [from: string | RegExp, to: string],
): Danger {
  return { what, noticedBy, file: file.includes('.') ? file : `infra/${file}.ts`, from, to }
}

/** Appends a resource to a file. */
export function added(what: string, file: string, code: string): Danger {
  return danger(what, 'resources', file, [/$/, code])
}

/** A policy that allows everything, as code. */
export const allowAll =
  "JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Principal: '*', Resource: '*' }] })"
/** The property that attaches AWS's administrator policy, as code. */
export const administrator = "policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'"
