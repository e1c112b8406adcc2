/** Quantile of the sorted samples, from 0 to 1, with linear interpolation; NaN for no samples. */
function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]]
  return low + (high - low) * (position - Math.floor(position))
}

/** The median; NaN for no samples. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

/** The quotient of two figures; NaN where either is missing. */
export interface Ratio {
  readonly value: number
  /**
   * Lower and upper quartile of the quotients of single rounds. The value may lie outside, because it is a quotient of
   * medians.
   */
  readonly middleHalf: readonly [number, number]
}

/** The ratio of the medians of two series whose samples were taken in the same rounds. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const rounds = ours.slice(0, theirs.length).map((cost, round) => cost / (theirs[round] ?? Number.NaN))
  return { value: median(ours) / median(theirs), middleHalf: [quantile(rounds, 0.25), quantile(rounds, 0.75)] }
}
