const longestMs = 200

/** Waits a random while before the next attempt, on average twice as long as before the last: who collided parts. */
export function pause(attempt: number, firstMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(firstMs * 2 ** attempt, longestMs)))
}
