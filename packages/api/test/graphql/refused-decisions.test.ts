/** Counters of refused decisions, and how many of them there can be. */
import { AppError } from '@fieldnotes/core/error'
import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { scopes } from '@fieldnotes/core/scopes'
import { createEngine } from '@fieldnotes/policy/graphql-engine'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, has, object, signedIn } from '@fieldnotes/policy/rules'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { GraphQLError, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { refusedDecisionsIn } from '../../src/graphql/refused-decisions.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { rules } from '../../src/rules.ts'
import { callOn, createServer, json } from '../support/apollo-server.ts'

interface Book {
  readonly broken?: true
}

function bookRule(_caller: Principal, { broken }: Book) {
  if (broken) throw new Error('broken')
  return false
}

function bug() {
  throw new AppError('FORBIDDEN', 'not a rule')
}

const books: readonly Book[] = [{}, {}, { broken: true }]
const types = makeExecutableSchema({
  typeDefs: `
    type Query { books: [Book] shelf: [Book] stats: Int bug: Int }
    type Book { draft: Int notes: Int }
  `,
  resolvers: { Query: { books: () => books, shelf: () => Array.from({ length: 60 }, () => ({})), bug } },
})
const table = {
  Query: { books: allow, shelf: allow, stats: has('stats'), bug: allow },
  Book: { draft: object('mine', bookRule), notes: signedIn },
}
const policy = createPolicy(types, table)
async function countsOf(source: string, principal: Principal, executor: 'plans' | 'graphql-js' = 'plans') {
  const operation = { schema: policy.schemaFor(principal), document: parse(source) }
  const { errors = [] } = await createEngine({ executor }).execute({ ...operation, contextValue: { principal } })
  return refusedDecisionsIn(errors)
}

const everything = '{ books { draft again: draft notes } stats more: stats bug }'

describe.each(['plans', 'graphql-js'] as const)('counts of a request, executed by %s', (executor) => {
  it('are one for each type, code and rule, whatever the fields are called', async () => {
    const counts = await countsOf(everything, sampleUser(), executor)
    expect(counts).toHaveLength(3)
    expect(counts).toEqual(
      expect.arrayContaining([
        { type: 'Query', code: 'FORBIDDEN', rule: 'scope stats', count: 2 },
        { type: 'Book', code: 'UNAVAILABLE', rule: 'mine', count: 2 },
        { type: 'Book', code: 'FORBIDDEN', rule: 'mine', count: 4 },
      ]),
    )
  })

  it('are none where no rule refuses', async () => {
    expect(await countsOf('{ books { notes } bug }', sampleUser(), executor)).toEqual([])
  })
})

it('counts a refusal that an executor wrapped, and no error of another origin', async () => {
  const { errors = [] } = await createEngine().execute({
    schema: policy.schemaFor(anonymous),
    document: parse('{ stats }'),
    contextValue: { principal: anonymous },
  })
  const wrapped = new GraphQLError('wrapped', { originalError: errors[0] ?? null })
  expect(refusedDecisionsIn([wrapped, new GraphQLError('another'), new Error('bug')])).toEqual([
    { type: 'Query', code: 'UNAUTHENTICATED', rule: 'scope stats', count: 1 },
  ])
})

it('is one line of the log for each, also where refusals are too many for lines of their own', async () => {
  const { server, lines } = createServer([], policy.schema)
  await server.start()
  await callOn(server, { query: '{ shelf { draft } bug }' }, json)
  const logged = lines.map((line) => JSON.parse(line))
  expect(logged.filter(({ event }) => event === 'refused')).toHaveLength(50)
  expect(logged.filter(({ event }) => event === 'decisions_refused')).toEqual([
    {
      level: 'info',
      event: 'decisions_refused',
      requestId: 'r1',
      type: 'Book',
      code: 'UNAUTHENTICATED',
      rule: 'mine',
      count: 60,
    },
  ])
})

function subsetsOf(names: readonly string[]): readonly ReadonlySet<string>[] {
  return Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Set(names.filter((_name, bit) => (bits >> bit) & 1)),
  )
}

/** Every caller that differs from the others in what the rules read. */
function callers(): readonly Principal[] {
  const known = subsetsOf(Object.keys(scopes)).flatMap((own) => {
    const person = { id: 'caller', scopes: own }
    const groups = new Set(['cognito:staff'])
    const people = [{}, { groups }, { thirdParty: true }, { groups, thirdParty: true }]
    return [...people.map((more) => sampleUser({ ...person, ...more })), sampleService(person)]
  })
  return [anonymous, ...known]
}

const at = '2026-11-22T09:00:00.000Z'

/** Notes and people of every relation to the caller, and a value that no rule can read. */
const parents: readonly unknown[] = [
  { id: 'caller', ownerId: 'caller', shares: {} },
  { id: 'other', ownerId: 'other', shares: {} },
  { id: 'other', ownerId: 'other', shares: { caller: { role: 'EDITOR', at } } },
  { id: 'other', ownerId: 'other', shares: { caller: { role: 'VIEWER', at } } },
  undefined,
]

describe('the counters of every decision on every field', () => {
  const { decide } = createSchema()
  const fields = Object.entries(rules).flatMap(([type, own]) => Object.keys(own).map((name) => `${type}.${name}`))
  const found = new Map<string, string>()
  for (const caller of callers())
    for (const parent of parents)
      for (const field of fields) {
        const decision = decide(caller, field, parent)
        if (decision.allowed) continue
        found.set([field.split('.')[0], decision.code, decision.leaf].join(' × '), decision.leaf)
      }

  it('are few: each is a metric, and CloudWatch Logs disables a filter that makes 1,000 within an hour', () => {
    expect(found.size).toBeGreaterThan(20)
    expect(found.size).toBeLessThanOrEqual(100)
  })

  it('have names that CloudWatch takes for values of a dimension: printable ASCII, no colon in front', () => {
    for (const rule of found.values()) expect(rule).toMatch(/^[!-9;-~][ -~]{0,254}$/)
  })
})
