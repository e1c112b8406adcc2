import type { Environment } from './setting-values'

/** Variables that a deployment reads, without their prefix. `docs/stage-settings.md` has a row for each. */
const names = [
  'ORIGINS',
  'DOMAIN',
  'ISSUER_DOMAIN',
  'SIGNING_KEYS',
  'WEB_DOMAIN',
  'SESSIONS',
  'FIREBASE_PROJECT',
  'FIREBASE_API_KEY',
  'ISSUERS',
  'OPERATIONS',
  'EXECUTOR',
  'DECISION_SAMPLE',
  'ALARM_EMAIL',
  'ALARMS',
  'BUDGET',
  'MACHINE',
  'TABLE',
  'PASSKEYS',
  'GATE_DENIES',
  'GROUPS',
  'API_KEYS',
  'IAM_SERVICES',
  'PROVISIONED',
]

/** The same, as they are exported. */
export const settingNames: readonly string[] = names.map((name) => `FIELDNOTES_${name}`)

/** Variables of the same terminal that other commands read: `npm run smoke`, `npm start`. */
const ofOtherCommands = ['FIELDNOTES_TOKEN', 'FIELDNOTES_API_KEY', 'FIELDNOTES_CHALLENGE_HEADER']

/**
 * @throws Error with the name of a variable that nothing reads: a misspelt setting would be ignored, and a stage would
 *   go without its alarms or use another table
 */
export function assertKnown(env: Environment): void {
  const known = [...settingNames, ...ofOtherCommands]
  const unknown = Object.keys(env).find((name) => name.startsWith('FIELDNOTES_') && !known.includes(name))
  if (unknown) throw new Error(`${unknown} is no setting: docs/stage-settings.md has their names`)
}

/**
 * The settings of a stage that keeps its data come from its file alone, where it has one: what the terminal exported
 * for another stage, such as an issuer of a test, must not go into it. A line of the file takes precedence (SST).
 * @throws Error with the names of exported settings for which the file has no line
 */
export function assertOfFile(env: Environment, file: string | undefined): void {
  if (file === undefined) return
  const lines = [...file.matchAll(/^\s*(?:export\s+)?(\w+)\s*[=:]/gm)].map(([, name]) => name)
  const exported = settingNames.filter((name) => env[name] && !lines.includes(name))
  if (exported.length === 0) return
  throw new Error(`exported, but not in the stage's .env file: ${exported.join(', ')} (docs/stage-settings.md)`)
}
