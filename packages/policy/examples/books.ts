import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, and, notFound, object, type RuleTable, signedIn } from '@fieldnotes/policy/rules'
import { GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'

export interface Book {
  author: string
  title: string
  draft: string
  sales: number
}

export interface Types {
  Query: { book: Book; books: readonly Book[] }
  Book: Omit<Book, 'author'>
}

const fields = { title: { type: GraphQLString }, draft: { type: GraphQLString }, sales: { type: GraphQLInt } }
const type = new GraphQLObjectType({ name: 'Book', fields })
const book: Book = { author: 'alice', title: 'Fields', draft: 'Chapter one', sales: 7 }
const books = {
  type: new GraphQLList(type),
  args: { first: { type: GraphQLInt, defaultValue: 1 } },
  resolve: () => [book],
}
const query = new GraphQLObjectType({ name: 'Query', fields: { book: { type, resolve: () => book }, books } })

/** The schema before any rule. */
export const openSchema = new GraphQLSchema({ query })

const mine = object<Book>('mine', (caller, { author }) => caller.kind === 'user' && caller.id === author)
const table: RuleTable<Types> = {
  Query: { book: allow, books: allow },
  Book: { title: allow, draft: and(signedIn, mine), sales: notFound(mine) },
}

/** The schema with its rules, for any server. Its context needs a `principal`. */
export const { schema } = createPolicy(openSchema, table)

/** For these examples alone: a token is a name. `authenticate` of @fieldnotes/identity verifies real tokens. */
export function principalOf(authorization = ''): Principal {
  const id = authorization.replace(/^Bearer /, '')
  return id === '' ? anonymous : sampleUser({ id, name: id })
}
