/**
 * `npm run bench:recording`: CPU time of an operation whose decisions are recorded ÷ of one whose decisions are not, in
 * one process, in turns. The responses are compared first.
 */
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import { createPolicy } from '@fieldnotes/policy/policy'
import { recordedIn, recording } from '@fieldnotes/policy/recording-schema'
import { allow, and, has, inGroup } from '@fieldnotes/policy/rules'
import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { median } from '../measure/statistics.ts'
import { readable } from './notes-rules.ts'

const rounds = 31
const sliceMs = 60

const types = buildSchema(`
  type Query { notes: [Note] }
  type Note { id: ID title: String content: String tags: [String] size: Int }
`)
const table = {
  Query: { notes: has('notes:read') },
  Note: { id: allow, title: readable, content: readable, tags: readable, size: and(readable, inGroup('staff')) },
}

const policy = createPolicy(types, table)
const recorder = recording(policy.schema, table)
const { execute } = createEngine()
const document = parse('{ notes { id title content tags } }')
const principal = sampleUser({ id: 'ann', scopes: new Set(['notes:read']) })
const note = { id: 'n', title: 'a title', content: 'a content', tags: ['a', 'b'], size: 1 }
const rootValue = {
  notes: Array.from({ length: 100 }, (_, index) => ({ ...note, owner: index % 2 === 0 ? 'ann' : 'bob', shared: true })),
}

function run(schema: GraphQLSchema) {
  const contextValue = { principal }
  const response = execute({ schema, document, rootValue, contextValue })
  return { response, recorded: recordedIn(contextValue) }
}

let step = 0

/** One of a hundred operations is recorded. */
function sampled() {
  step = (step + 1) % 100
  return run(step === 0 ? recorder : policy.schemaFor(principal))
}

const subjects = {
  off: () => run(policy.schemaFor(principal)),
  'one of a hundred': sampled,
  all: () => run(recorder),
} as const

type SubjectName = keyof typeof subjects

const names = Object.keys(subjects) as SubjectName[]

/** CPU microseconds of one execution. */
function slice(name: SubjectName): number {
  const end = performance.now() + sliceMs
  const start = process.cpuUsage()
  let count = 0
  while (performance.now() < end) {
    for (let index = 0; index < 20; index += 1) subjects[name]()
    count += 20
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}

const [off, all] = [subjects.off(), subjects.all()]
if (JSON.stringify(await off.response) !== JSON.stringify(await all.response)) throw new Error('the responses differ')
if (off.recorded.decisions.length > 0 || all.recorded.decisions.length === 0) throw new Error('the records are wrong')

const samples = new Map<SubjectName, number[]>(names.map((name) => [name, []]))
for (const name of names) slice(name)
for (let round = 0; round < rounds; round += 1)
  for (const name of round % 2 === 0 ? names : names.toReversed()) samples.get(name)?.push(slice(name))

const base = median(samples.get('off') ?? [])
console.log('A list of 100 notes with 4 fields; CPU time by the share of recorded operations\n')
console.log('| recorded | microseconds | ÷ off |\n| --- | ---: | ---: |')
for (const name of names) {
  const time = median(samples.get(name) ?? [])
  console.log(`| ${name} | ${time.toFixed(1)} | ${(time / base).toFixed(2)} |`)
}
