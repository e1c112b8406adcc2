/** Deals with notes of one server: ten at a time, and no more where it takes none of ten. */

/** Notes that are dealt with at the same time. */
export const groupMax = 10

/**
 * Returns how many notes are left. It stops after a group of which none is done: the server is out of reach, or what
 * that group has is not acceptable to it. The next call begins elsewhere, where its notes are in another order.
 */
export async function leftOf<Note>(notes: readonly Note[], isDone: (note: Note) => Promise<boolean>): Promise<number> {
  let done = 0
  for (let from = 0; from < notes.length; from += groupMax) {
    const group = await Promise.all(notes.slice(from, from + groupMax).map(isDone))
    if (!group.includes(true)) break
    done += group.filter(Boolean).length
  }
  return notes.length - done
}

/** The notes for which `act` succeeds: ten at a time, and every one of them is tried. */
export async function succeeded<Note>(
  notes: readonly Note[],
  act: (note: Note) => Promise<boolean>,
): Promise<readonly Note[]> {
  const found: Note[] = []
  for (let from = 0; from < notes.length; from += groupMax) {
    const group = notes.slice(from, from + groupMax)
    const results = await Promise.all(group.map(act))
    found.push(...group.filter((_, index) => results[index]))
  }
  return found
}

/** The minute of a pass, by which each begins at another note. `now` is in milliseconds since the epoch. */
export function minuteOf(now: number): number {
  return Math.floor(now / 60_000)
}

/** The same notes, of which another ten are the first in each minute. */
export function beginningAt<Note>(minute: number, notes: readonly Note[]): readonly Note[] {
  const first = notes.length > 0 ? (minute * groupMax) % notes.length : 0
  return [...notes.slice(first), ...notes.slice(0, first)]
}
