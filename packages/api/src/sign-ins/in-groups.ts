/** Deals with notes of one server: ten at a time, and no more where it takes none of ten. */

/** Notes that are dealt with at the same time. */
export const groupMax = 10

/**
 * Returns how many notes are left. It stops after a group of which none is done: the server is out of reach, or what
 * that group has is not acceptable to it. The next call begins elsewhere, where its notes are in another order.
 */
export async function leftOf<Note>(notes: readonly Note[], isDone: (note: Note) => Promise<boolean>): Promise<number> {
  let left = notes.length
  for (const group of groupsOf(notes)) {
    const done = await doneIn(group, isDone)
    if (done.length === 0) break
    left -= done.length
  }
  return left
}

/** The notes for which `act` succeeds: ten at a time, and every one of them is tried. */
export async function succeeded<Note>(
  notes: readonly Note[],
  act: (note: Note) => Promise<boolean>,
): Promise<readonly Note[]> {
  const found: Note[] = []
  for (const group of groupsOf(notes)) found.push(...(await doneIn(group, act)))
  return found
}

function groupsOf<Note>(notes: readonly Note[]): readonly (readonly Note[])[] {
  const count = Math.ceil(notes.length / groupMax)
  return Array.from({ length: count }, (_, index) => notes.slice(index * groupMax, (index + 1) * groupMax))
}

/** The notes of one group for which `act` succeeds. */
async function doneIn<Note>(group: readonly Note[], act: (note: Note) => Promise<boolean>): Promise<readonly Note[]> {
  const results = await Promise.all(group.map(act))
  return group.filter((_, index) => results[index])
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
