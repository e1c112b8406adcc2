/** The parts of the endpoint that `npm run mutate:api` changes. */

/** What the run of a part changes, and how long it takes. */
interface Run {
  readonly sources: string
  /** Seconds on a machine with two cores that does nothing else. */
  readonly seconds: number
}

const runs = {
  store: { sources: 'src/store/*.ts', seconds: 60 },
  sync: { sources: 'src/notes/sync/*.ts', seconds: 165 },
  people: { sources: 'src/people/*.ts', seconds: 220 },
  http: { sources: 'src/http/*.ts', seconds: 260 },
  notes: { sources: 'src/notes/*.ts', seconds: 950 },
} as const satisfies Record<string, Run>

/** A part. Its tests are in the file of the same name beside this one. */
export type Part = keyof typeof runs

/** All parts, the shortest run first. */
export const parts = Object.keys(runs) as readonly Part[]

/** The sources of a part, and the time that its run takes. */
export function runOf(part: Part): Run {
  return runs[part]
}

/** Whether a part has this name. */
export function isPart(name: string | undefined): name is Part {
  return name !== undefined && Object.hasOwn(runs, name)
}

/** @throws Error for what is no part */
export function partNamed(name: string | undefined): Part {
  if (isPart(name)) return name
  throw new Error(`There is no part ${JSON.stringify(name)}. The parts are ${parts.join(', ')}.`)
}
