/**
 * `npm run bench:counters`: CPU time of a request with counters of its refused decisions ÷ without, in one process, in
 * turns. Both servers have the log lines of refusals and operations; the responses are compared first.
 */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import type { Context } from '@fieldnotes/api/context'
import { createDecisionCounter } from '@fieldnotes/api/refused-decisions'
import { createRequestLog } from '@fieldnotes/api/request-log'
import { createLog } from '@fieldnotes/core/log'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, has, inGroup } from '@fieldnotes/policy/rules'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { median } from '../measure/statistics.ts'

/** A request here has no HTTP and no token, so that one more line of the log weighs more than at the endpoint. */
const goal = 1.2
const rounds = 41
const sliceMs = 60

const notes = Array.from({ length: 100 }, (_, index) => ({ title: `Note ${index}`, audit: 'x', size: 1 }))
const types = makeExecutableSchema({
  typeDefs: 'type Query { notes: [Note] closed: Int } type Note { title: String audit: String size: Int }',
  resolvers: { Query: { notes: () => notes } },
})
const table = {
  Query: { notes: allow, closed: has('notes:write') },
  Note: { title: allow, audit: has('notes:audit'), size: inGroup('staff') },
}
const principal = sampleUser({ id: 'ann' })
const { schema } = createPolicy(types, table)

/** Lines are formatted and then dropped. */
const log = createLog(() => {})

function runnerOf(counters: readonly ApolloServerPlugin<Context>[]) {
  const plugins = [createRequestLog({ log, now: () => performance.now() }), ...counters]
  const server = new ApolloServer<Context>({ schema, plugins, includeStacktraceInErrorResponses: false })
  const contextValue = { principal, requestId: 'r1', spend: async () => {} } as Partial<Context> as Context
  return (query: string) => server.executeOperation({ query }, { contextValue })
}

const subjects = { without: runnerOf([]), with: runnerOf([createDecisionCounter(log)]) }

const cases: readonly (readonly [string, string])[] = [
  ['nothing', '{ notes { title } }'],
  ['one root field', '{ closed }'],
  ['one field of 100 notes', '{ notes { audit } }'],
  ['two fields of 100 notes', '{ notes { audit size } }'],
]

/** CPU microseconds of one request. */
async function slice(run: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + sliceMs
  const start = process.cpuUsage()
  let count = 0
  while (performance.now() < end) {
    await run()
    count += 1
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}

async function bodyOf(run: () => ReturnType<typeof subjects.with>): Promise<string> {
  return JSON.stringify((await run()).body)
}

/** The median ratio of pairs of slices; the order within a pair alternates. */
async function ratioOf(query: string): Promise<readonly [ratio: number, without: number]> {
  const runs = { without: () => subjects.without(query), with: () => subjects.with(query) }
  if ((await bodyOf(runs.with)) !== (await bodyOf(runs.without))) throw new Error('the responses differ')
  const [ratios, times]: [number[], number[]] = [[], []]
  for (let round = -2; round < rounds; round += 1) {
    const first = round % 2 === 0 ? 'without' : 'with'
    const second = first === 'with' ? 'without' : 'with'
    const taken = { [first]: await slice(runs[first]), [second]: await slice(runs[second]) }
    const { without = Number.NaN, with: counted = Number.NaN } = taken
    if (round >= 0) ratios.push(counted / without)
    if (round >= 0) times.push(without)
  }
  return [median(ratios), median(times)]
}

console.log(`CPU microseconds, median of ${rounds} pairs of turns, Node ${process.version}; goal: ≤ ${goal}\n`)
console.log('| refused | without counters | with ÷ without | |\n| --- | ---: | ---: | --- |')
for (const [name, query] of cases) {
  const [ratio, without] = await ratioOf(query)
  console.log(`| ${name} | ${without.toFixed(1)} | ${ratio.toFixed(3)} | ${ratio <= goal ? 'met' : 'not met'} |`)
}
