/** The middle value: half of the samples are at or below it. */
export const median = (samples: readonly number[]): number => {
  const sorted = samples.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return (low + high) / 2
}

/** One figure divided by another; NaN where either was not measured. */
export interface Ratio {
  readonly value: number
  /** The lowest and the highest that any round alone would have given. The value is never outside. */
  readonly range?: readonly [number, number]
}

/** The ratio of the medians of two series whose samples were taken in the same rounds. */
export const ratioOf = (ours: readonly number[], theirs: readonly number[]): Ratio => {
  const rounds = ours.map((cost, round) => cost / (theirs[round] ?? Number.NaN))
  return { value: median(ours) / median(theirs), range: [Math.min(...rounds), Math.max(...rounds)] }
}
