/** Phases of a cold start. A sample belongs to the phase of the innermost function that the table knows. */
import type { SourceLocation } from './frames.ts'

/** From the innermost function outwards. */
export type Stack = readonly SourceLocation[]

const phases: readonly (readonly [title: string, location: RegExp])[] = [
  ['garbage collection', /^\(garbage collector\)$/],
  ["Node's own modules that are imported", /^node:internal\/bootstrap\/realm$/],
  ['reading, linking and compiling modules', /^node:internal\/modules\/|^node:internal\/vm/],
  ['the schema, from its document', /^packages\/api\/src\/(graphql\/executable-schema|generated\/document)\./],
  [
    'the policy: checked, compiled, in front of every field',
    /^packages\/policy\/src\/(policy|decide\/(check-table|enforce|rebuild-schema))\./,
  ],
  ['identity', /^packages\/identity\//],
  ["configuration from SST's links", /^sst\/|^packages\/api\/src\/config\//],
  ['limits and costs of a document', /^packages\/policy\/src\/limits\//],
  ['validation of the document', /^graphql\/validation\//],
  ['execution', /^packages\/policy\/src\/execute\/|^packages\/api\/src\/graphql\/executor\.|^graphql\/execution\//],
  ['log lines', /^packages\/core\/src\/log\./],
  ['Apollo: its start, and its way through a request', /^@apollo\//],
  ['the event and its answer', /^@as-integrations\/|^packages\/api\/src\/(server\.|http\/)/],
  ['modules, the lines outside any function', /^file:/],
]

const rest = 'Node and V8, outside of all that'

/** Title of the phase. */
export function phaseOf(stack: Stack): string {
  for (const location of stack) {
    const found = phases.find(([, pattern]) => pattern.test(location))
    if (found) return found[0]
  }
  return rest
}

/** All titles in the order of a start. */
export const phaseTitles: readonly string[] = [...phases.map(([title]) => title), rest]
