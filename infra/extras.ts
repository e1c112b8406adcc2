import { type Environment, isOn, matching } from './setting-values'

/**
 * What a stage has where its data is kept, or where a setting requests it. The first three are billed while it is idle.
 */
export interface Extras {
  /** Whether programs have a client of the user pool. */
  readonly machine: boolean
  /** Whether browsers sign in at the stage itself, and hold a cookie: functions, a key of KMS, a distribution. */
  readonly sessions: boolean
  /** Whether the stage has alarms, with the metrics that they need, and a dashboard. */
  readonly alarms: boolean
  /** Receiver of the alarms and of the budget; null for none. */
  readonly alarmEmail: string | null
  /** US dollars that the account may cost in a month before AWS sends a mail; null for no budget. */
  readonly budget: number | null
}

/** @throws Error with the name of a variable whose value is invalid, or which has no effect without another one */
export function extrasOf(keep: boolean, env: Environment): Extras {
  const alarmEmail = matching(
    'FIELDNOTES_ALARM_EMAIL',
    env.FIELDNOTES_ALARM_EMAIL,
    /^[^\s@]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
  )
  // A whole number of dollars: AWS returns an amount with decimals in another form than it was given.
  const budget = matching('FIELDNOTES_BUDGET', env.FIELDNOTES_BUDGET, /^[1-9]\d{0,6}$/)
  const extras = {
    machine: isOn(env, 'FIELDNOTES_MACHINE', keep),
    sessions: isOn(env, 'FIELDNOTES_SESSIONS', keep),
    alarms: isOn(env, 'FIELDNOTES_ALARMS', keep || alarmEmail !== null),
    alarmEmail,
    budget: budget === null ? null : Number(budget),
  }
  if (budget !== null && alarmEmail === null) throw new Error('FIELDNOTES_BUDGET needs FIELDNOTES_ALARM_EMAIL')
  if (alarmEmail !== null && budget === null && !extras.alarms)
    throw new Error('FIELDNOTES_ALARM_EMAIL needs FIELDNOTES_ALARMS=on or FIELDNOTES_BUDGET')
  return extras
}
