import { anonymous } from '@fieldnotes/core/principal'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, and, object, signedIn } from '@fieldnotes/policy/rules'
import { buildSchema, graphql } from 'graphql'

const mine = object<{ author: string }>('mine', (caller, book) => caller.kind === 'user' && caller.id === book.author)
const table = { Query: { book: allow }, Book: { title: allow, draft: and(signedIn, mine) } }
const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
const { schema } = createPolicy(types, table)

const source = '{ book { title draft } }'
const rootValue = { book: { author: 'alice', title: 'Fields', draft: 'Notes' } }
for (const principal of [anonymous, sampleUser({ id: 'bob' }), sampleUser({ id: 'alice' })])
  console.log(JSON.stringify(await graphql({ schema, source, rootValue, contextValue: { principal } })))
