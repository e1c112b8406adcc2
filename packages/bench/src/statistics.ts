/** Where so much of the sorted samples lies below, from 0 to 1: between two of them, in proportion. NaN of none. */
function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (high - low) * (place - Math.floor(place))
}

/** The middle value: half of the samples are at or below it. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

/** One figure divided by another; NaN where either was not measured. */
export interface Ratio {
  readonly value: number
  /** The lower and upper quartile of what each round alone would have given. The value may be outside: it is of medians. */
  readonly middleHalf: readonly [number, number]
}

/** The ratio of the medians of two series whose samples were taken in the same rounds. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const rounds = ours.slice(0, theirs.length).map((cost, round) => cost / (theirs[round] ?? Number.NaN))
  return { value: median(ours) / median(theirs), middleHalf: [quantile(rounds, 0.25), quantile(rounds, 0.75)] }
}
