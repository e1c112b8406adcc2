import type { Environment } from './setting-values'

/** The variables that a deployment reads. `docs/stage-settings.md` has a row for each. */
export const settingNames = [
  'FIELDNOTES_ORIGINS',
  'FIELDNOTES_DOMAIN',
  'FIELDNOTES_FIREBASE_PROJECT',
  'FIELDNOTES_ISSUERS',
  'FIELDNOTES_OPERATIONS',
  'FIELDNOTES_EXECUTOR',
  'FIELDNOTES_DECISION_SAMPLE',
  'FIELDNOTES_ALARM_EMAIL',
  'FIELDNOTES_ALARMS',
  'FIELDNOTES_BUDGET',
  'FIELDNOTES_MACHINE',
  'FIELDNOTES_TABLE',
  'FIELDNOTES_PASSKEYS',
  'FIELDNOTES_GATE_DENIES',
  'FIELDNOTES_IAM_SERVICES',
  'FIELDNOTES_PROVISIONED',
] as const

/** Variables of the same terminal that other commands read: `npm run smoke`, `npm start`. */
const ofOtherCommands = ['FIELDNOTES_TOKEN', 'FIELDNOTES_CHALLENGE_HEADER']

/**
 * @throws Error with the name of a variable that nothing reads: a misspelt setting would be ignored, and a stage would
 *   go without its alarms or use another table
 */
export function assertKnown(env: Environment): void {
  const known: readonly string[] = [...settingNames, ...ofOtherCommands]
  const unknown = Object.keys(env).find((name) => name.startsWith('FIELDNOTES_') && !known.includes(name))
  if (unknown) throw new Error(`${unknown} is no setting: docs/stage-settings.md has their names`)
}
