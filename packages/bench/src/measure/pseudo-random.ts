/** A pseudo-random sequence of whole numbers, from 1 to 2,147,483,646: the same numbers for the same seed. */
export function* pseudoRandom(seed: number): Generator<number, never> {
  for (let number = seed; ; ) {
    // The generator of Park and Miller (Communications of the ACM 31(10), 1988), which C++ calls `minstd_rand`.
    number = (number * 48_271) % 2_147_483_647
    yield number
  }
}
