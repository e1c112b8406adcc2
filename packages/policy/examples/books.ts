import { anonymous, type Principal } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, and, notFound, object, type RuleTable, signedIn } from '@fieldnotes/policy/rules'
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'

export interface Book {
  author: string
  title: string
  draft: string
  sales: number
}

export interface Types {
  Query: { book: Book }
  Book: Omit<Book, 'author'>
}

const fields = { title: { type: GraphQLString }, draft: { type: GraphQLString }, sales: { type: GraphQLInt } }
const type = new GraphQLObjectType({ name: 'Book', fields })
const book: Book = { author: 'alice', title: 'Fields', draft: 'Chapter one', sales: 7 }
const query = new GraphQLObjectType({ name: 'Query', fields: { book: { type, resolve: () => book } } })

/** The schema before any rule. */
export const openSchema = new GraphQLSchema({ query })

const mine = object<Book>('mine', (caller, { author }) => caller.kind === 'user' && caller.id === author)
const table: RuleTable<Types> = {
  Query: { book: allow },
  Book: { title: allow, draft: and(signedIn, mine), sales: notFound(mine) },
}

/** The schema with its rules, for any server. Its context needs a `principal`. */
export const { schema } = createPolicy(openSchema, table)

/** For these examples alone: a token is a name. `authenticate` of @fieldnotes/identity verifies real tokens. */
export function principalOf(authorization = ''): Principal {
  const id = authorization.replace(/^Bearer /, '')
  return id === '' ? anonymous : sampleUser({ id, name: id })
}
