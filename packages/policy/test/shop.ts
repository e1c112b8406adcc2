/**
 * An example schema: a shop with an interface, a union, a list of different owners and a mutation that counts its
 * writes.
 */
import { AppError } from '@fieldnotes/core/error'
import { anonymous, type Principal, type Service, type User } from '@fieldnotes/core/principal'
import { sampleService, sampleUser } from '@fieldnotes/core/sample-principals'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { execute, type GraphQLError, type GraphQLSchema, parse } from 'graphql'
import { allow, chain, has, inGroup, notFound, object, or, type RuleTable, signedIn } from '../src/rules.ts'

export interface Order {
  readonly kind: 'Order'
  readonly id: string
  readonly buyer: string
  readonly total: number
  readonly margin: number
}

export interface Parcel {
  readonly kind: 'Parcel'
  readonly id: string
  readonly buyer: string
  readonly street: string
}

interface Page {
  readonly things: readonly (Order | Parcel)[]
  readonly count: number
}

export interface ShopTypes {
  Query: { me: string; order: Order; things: Page; found: Order | Parcel; stats: number }
  Mutation: { cancel: { order: Order } }
  Order: Omit<Order, 'kind' | 'buyer'> & { parcel: Parcel }
  Parcel: { id: string; street: string }
  Page: Page
  CancelPayload: { order: Order }
}

export const typeDefs = /* GraphQL */ `
  interface Thing { id: ID! }
  type Order implements Thing { id: ID! total: Int margin: Int parcel: Parcel }
  type Parcel implements Thing { id: ID! street: String }
  union Found = Order | Parcel
  type Page { things: [Thing!]! count: Int! }
  input OrderBy { field: OrderField! }
  enum OrderField { TOTAL MARGIN }
  input Filter { marginOver: Int, or: [Filter!] }
  type Query {
    me: String
    order(id: ID!): Order
    things(orderBy: OrderBy, filter: Filter): Page
    found(id: ID!): Found
    stats: Int
  }
  type CancelPayload { order: Order }
  type Mutation { cancel(id: ID!): CancelPayload }
`

export const orders: readonly Order[] = ['alice', 'bob', 'alice'].map((buyer, index) => ({
  kind: 'Order',
  id: `o${index}`,
  buyer,
  total: index,
  margin: 90 + index,
}))

function parcelOf(order: Order): Parcel {
  return { kind: 'Parcel', id: `p-${order.id}`, buyer: order.buyer, street: `${order.buyer} street` }
}

export const mine = object<{ buyer: string }>(
  'mine',
  (principal, parent) => principal.kind !== 'anonymous' && principal.id === parent.buyer,
  (_principal, parent) => `bought by ${parent.buyer}`,
)

const staff = inGroup('shop:staff')
const visible = chain(signedIn, or(mine, staff))

export const shopRules: RuleTable<ShopTypes> = {
  Query: {
    me: signedIn,
    order: has('orders:read'),
    things: has('orders:read'),
    found: has('orders:read'),
    stats: staff,
  },
  Mutation: { cancel: has('orders:write') },
  Order: { id: allow, total: visible, margin: chain(visible, staff), parcel: notFound(mine) },
  Parcel: { id: allow, street: visible },
  Page: { things: allow, count: allow },
  CancelPayload: { order: allow },
}

/** The shop's schema, counting what is written. */
export function createShop(written: string[] = []): GraphQLSchema {
  const find = (id: string): Order => {
    const order = orders.find((each) => each.id === id)
    if (!order) throw new AppError('NOT_FOUND', 'no such order')
    return order
  }
  return makeExecutableSchema({
    typeDefs,
    resolvers: {
      Thing: { __resolveType: (thing: { kind: string }) => thing.kind },
      Found: { __resolveType: (thing: { kind: string }) => thing.kind },
      Query: {
        me: (_parent, _args, context) => context.principal.id ?? 'nobody',
        order: (_parent, { id }) => find(id),
        things: () => ({ things: [...orders, ...orders.map(parcelOf)], count: orders.length * 2 }),
        found: (_parent, { id }) => (id.startsWith('p-') ? parcelOf(find(id.slice(2))) : find(id)),
        stats: () => 42,
      },
      Order: { parcel: parcelOf },
      Mutation: {
        cancel: (_parent, { id }) => {
          written.push(id)
          return { order: find(id) }
        },
      },
    },
  })
}

/** A person with the given scopes and groups. */
export function someone(
  id: string,
  scopes: readonly string[] = ['orders:read', 'orders:write'],
  groups: readonly string[] = [],
): User {
  return sampleUser({ id, name: id, issuer: 'shop', scopes: new Set(scopes), groups: new Set(groups) })
}

export function machine(scopes: readonly string[]): Service {
  return sampleService({ id: 'm', issuer: 'shop', scopes: new Set(scopes) })
}

export const alice = someone('alice')
export const bob = someone('bob')
export const boss = someone('boss', ['orders:read'], ['shop:staff'])
export const callers = {
  anonymous,
  alice,
  bob,
  boss,
  powerless: someone('alice', []),
  machine: machine(['orders:read']),
}

export interface Answer {
  readonly data: unknown
  /** Path → code, or the message of what is not ours. */
  readonly refusals: Readonly<Record<string, string>>
}

/** Runs a query and reduces its errors to path → code. */
export async function ask(schema: GraphQLSchema, principal: Principal, query: string): Promise<Answer> {
  const { data, errors = [] } = await execute({ schema, document: parse(query), contextValue: { principal } })
  const code = ({ extensions, originalError }: GraphQLError): string =>
    originalError instanceof AppError ? originalError.code : String(extensions.code ?? originalError)
  const refusals = errors.map((error) => [(error.path ?? []).join('.'), code(error)])
  return { data: JSON.parse(JSON.stringify(data ?? null)), refusals: Object.fromEntries(refusals) }
}
