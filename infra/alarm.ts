/** What an alarm looks at, and when it fires. */
export interface Alarm {
  readonly metric: readonly [namespace: string, name: string]
  readonly dimensions: Readonly<Record<string, $util.Input<string>>>
  /** Statistic to use instead of the sum over a period. */
  readonly percentile?: string
  /** The alarm fires at this value, in this number of consecutive periods of five minutes. */
  readonly atLeast: number
  readonly periods: number
  readonly meaning: string
}

/** One event in five minutes. */
export const once = { atLeast: 1, periods: 1 }
