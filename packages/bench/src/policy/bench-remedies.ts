/**
 * `npm run bench:remedies`: CPU time of refused fields with remedies ÷ without, in one process, in turns. Both policies
 * have the same schema and rules; the responses are compared first, without the remedies.
 */
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import { createPolicy, type PolicyOptions } from '@fieldnotes/policy/policy'
import { allow, and, has, inGroup } from '@fieldnotes/policy/rules'
import { buildSchema, type DocumentNode, parse } from 'graphql'
import { median } from '../measure/statistics.ts'
import { readable } from './notes-rules.ts'

const goal = 1.1
const rounds = 41
const sliceMs = 60

const types = buildSchema(`
  type Query { notes: [Note] first: Note closed: Int }
  type Note { role: String audit: String size: Int }
`)
const table = {
  Query: { notes: allow, first: allow, closed: and(has('notes:read'), has('notes:write')) },
  Note: { role: readable, audit: and(readable, has('notes:audit')), size: and(readable, inGroup('staff')) },
}

function runnerOf(remedies: PolicyOptions['remedies'] & {}) {
  const policy = createPolicy(types, table, { remedies })
  const { execute } = createEngine()
  const notes = Array.from({ length: 100 }, (_, index) => ({
    owner: 'ann',
    shared: index % 2 === 0,
    audit: 'x',
    size: 1,
  }))
  const rootValue = { notes, first: notes[0] }
  return (document: DocumentNode, principal: Principal) =>
    execute({ schema: policy.schemaFor(principal), document, rootValue, contextValue: { principal } })
}

function spell(_caller: unknown, scope: string): string {
  return scope.replace(':', '/')
}

const subjects = {
  without: runnerOf(false),
  with: runnerOf({ shownBy: { mine: 'Note.role', shared: 'Note.role' }, spell }),
}

type Caller = () => Principal

const reader = sampleUser({ id: 'ann', scopes: new Set(['notes:read']) })
const powerless = sampleUser({ id: 'ann' })

/** The same principal each time: of one token, which the endpoint remembers. */
function remembered(principal: Principal): Caller {
  return () => principal
}

/** Another principal each time: of a new token, or of a signed request. */
function unknown(principal: Principal): Caller {
  return () => ({ ...principal })
}

/** Each with fields that are refused. Only rows of notes with `audit` have a remedy that depends on the object. */
const cases: readonly (readonly [string, string, Caller])[] = [
  ['100 notes, one field each, scopes named', '{ notes { audit } }', remembered(reader)],
  ['100 notes, one field each, facts unreadable', '{ notes { audit } }', remembered(powerless)],
  ['100 notes, one field each, a group', '{ notes { size } }', remembered(reader)],
  ['100 notes, one field each, anonymous', '{ notes { audit } }', remembered(anonymous)],
  ['one root field, scopes named', '{ closed }', remembered(powerless)],
  ['100 notes, one field each, scopes named to a new token', '{ notes { audit } }', unknown(reader)],
  ['one note, one field, scopes named to a new token', '{ first { audit } }', unknown(reader)],
  ['one root field, scopes named to a new token', '{ closed }', unknown(powerless)],
]

function withoutRemedies(response: unknown): string {
  return JSON.stringify(response, (name, value) => (name === 'remedy' ? undefined : value))
}

/** CPU microseconds of one execution. */
function slice(run: () => unknown): number {
  const end = performance.now() + sliceMs
  const start = process.cpuUsage()
  let count = 0
  while (performance.now() < end) {
    for (let index = 0; index < 10; index += 1) run()
    count += 10
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}

/** The median ratio of pairs of slices; the order within a pair alternates. */
function ratioOf(document: DocumentNode, caller: Caller): readonly [ratio: number, without: number] {
  const runs = { without: () => subjects.without(document, caller()), with: () => subjects.with(document, caller()) }
  if (withoutRemedies(runs.with()) !== withoutRemedies(runs.without())) throw new Error('the responses differ')
  for (const name of ['without', 'with'] as const) slice(runs[name])
  const pairs = Array.from({ length: rounds }, (_, round) => {
    if (round % 2 === 0) return [slice(runs.without), slice(runs.with)] as const
    const after = slice(runs.with)
    return [slice(runs.without), after] as const
  })
  return [median(pairs.map(([without, after]) => after / without)), median(pairs.map(([without]) => without))]
}

console.log(`CPU microseconds, median of ${rounds} pairs of turns, Node ${process.version}; goal: ≤ ${goal}\n`)
console.log('| refused | without remedies | with ÷ without | |\n| --- | ---: | ---: | --- |')
for (const [name, source, caller] of cases) {
  const [ratio, without] = ratioOf(parse(source), caller)
  console.log(`| ${name} | ${without.toFixed(1)} | ${ratio.toFixed(3)} | ${ratio <= goal ? 'met' : 'not met'} |`)
}
