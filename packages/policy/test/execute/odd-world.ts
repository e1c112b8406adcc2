/** Values as careless resolvers return them: absent, failing, late, or of another type than the schema expects. */
import fc, { type Arbitrary } from 'fast-check'
import { buildSchema, type GraphQLSchema } from 'graphql'

/** Every shape of type that a value can be completed for. */
export function oddSchema(): GraphQLSchema {
  return buildSchema(`
    interface Named { name: String }
    union Either = Thing | Other
    enum Color { RED BLUE }
    type Other implements Named { name: String must: Int! }
    type Thing implements Named {
      name: String
      id: ID
      yes: Boolean
      count: Int
      must: Int!
      color: Color
      words: [String]
      strict: [String!]!
      self: Thing
      surely: Thing!
      list: [Thing]
      nested: [[Thing!]]
      either: Either
      named: Named
      several: [Either!]
    }
    type Query { thing: Thing surely: Thing! list: [Thing!] either: Either }
  `)
}

/** Makes a value for one execution: a promise is used once. */
export type Make = () => unknown

/** A promise that no selection reads may be rejected without a handler. */
function late(value: unknown): Promise<unknown> {
  const promise = value instanceof Error ? Promise.reject(value) : Promise.resolve(value)
  promise.catch(() => {})
  return promise
}

/** A foreign promise. */
function thenable(value: unknown): object {
  return Object.fromEntries([['then', (done: (found: unknown) => void) => done(value)]])
}

/** A foreign promise whose `then` returns another foreign promise. */
export class Foreign {
  readonly #value: Promise<unknown>
  constructor(value: Promise<unknown>) {
    this.#value = value
    value.catch(() => {})
  }
  // biome-ignore lint/suspicious/noThenProperty: it is one
  then(done?: (value: unknown) => unknown, failed?: (error: unknown) => unknown): Foreign {
    return new Foreign(this.#value.then(done, failed))
  }
}

/** Messages of failing resolvers. */
export const mishaps = ['throws', 'rejects', 'is an error', 'becomes an error']

function failing(message: string) {
  return (): never => {
    throw new Error(message)
  }
}

/** In every way that a resolver may return a value. */
function returned(value: Arbitrary<Make>): Arbitrary<Make> {
  return fc.oneof(
    { weight: 30, arbitrary: value },
    { weight: 2, arbitrary: value.map((make) => () => late(make())) },
    { weight: 1, arbitrary: value.map((make) => () => make) },
    { weight: 1, arbitrary: value.map((make) => () => thenable(make())) },
    { weight: 1, arbitrary: value.map((make) => () => new Foreign(late(make()))) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Make[]>(
        () => null,
        () => undefined,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Make[]>(
        () => new Error('is an error'),
        () => failing('throws'),
        () => late(new Error('rejects')),
        () => Promise.resolve([new Error('becomes an error')]).then(([error]) => error),
      ),
    },
  )
}

const odd = fc.constantFrom<unknown[]>('', 2.5, true, false, Number.NaN, {}, 10n ** 20n, Symbol('odd'))

/** Mostly this value. */
function leaf(value: unknown): Arbitrary<Make> {
  return fc
    .oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd })
    .map((found) => () => found)
}

const text = returned(leaf('text'))
const count = returned(leaf(7))

function listOf(item: Arbitrary<Make>): Arbitrary<Make> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.array(item, { maxLength: 3 }).map((items) => () => items.map((make) => make())) },
    {
      weight: 1,
      arbitrary: fc.array(item, { maxLength: 3 }).map((items) => () => new Set(items.map((make) => make()))),
    },
    { weight: 1, arbitrary: leaf('no list') },
  )
}

const other = fc.record({ name: text, must: count }).map((makes) => () => ({ __typename: 'Other', ...made(makes) }))

function made(makes: Readonly<Record<string, Make>>): object {
  return Object.fromEntries(Object.entries(makes).map(([name, make]) => [name, make()]))
}

/** The `__typename` of a value: right, wrong or absent. */
const typenames: readonly Make[] = [
  ...Array.from({ length: 15 }, () => () => 'Thing'),
  () => 'Other',
  () => 'Query',
  () => 'Nobody',
  () => undefined,
]

const { thing } = fc.letrec<{ thing: Make }>((tie) => {
  const self = tie('thing') as Arbitrary<Make>
  const value = returned(self)
  const either = returned(fc.oneof(self, other))
  return {
    thing: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf('no object'),
      fc
        .record(
          {
            __typename: fc.constantFrom(...typenames),
            ...{ name: text, id: text, yes: returned(leaf(true)), count, must: count, color: returned(leaf('RED')) },
            words: returned(listOf(text)),
            strict: returned(listOf(text)),
            ...{ self: value, surely: value, either, named: either },
            list: returned(listOf(value)),
            nested: returned(listOf(returned(listOf(value)))),
            several: returned(listOf(either)),
          },
          { requiredKeys: ['__typename', 'must', 'strict', 'surely'] },
        )
        .map((makes) => () => made(makes)),
    ),
  }
})

/** A root value. */
export const roots: Arbitrary<Make> = fc
  .record({
    thing: returned(thing),
    surely: returned(thing),
    list: returned(listOf(returned(thing))),
    either: returned(fc.oneof(thing, other)),
  })
  .map((makes) => () => made(makes))
