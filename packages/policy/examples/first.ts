import { anonymous, type User } from '@fieldnotes/core/principal'
import { createPolicy } from '@fieldnotes/policy/policy'
import { allow, and, object, signedIn } from '@fieldnotes/policy/rules'
import { buildSchema, graphql } from 'graphql'

const mine = object<{ author: string }>('mine', (caller, book) => caller.kind === 'user' && caller.id === book.author)
const table = { Query: { book: allow }, Book: { title: allow, draft: and(signedIn, mine) } }
const types = buildSchema('type Query { book: Book } type Book { title: String draft: String }')
const { schema } = createPolicy(types, table)

const token = { issuer: 'demo', clientId: undefined, tokenId: undefined, boundTo: undefined, expiresAt: 2e9 }
const login = {
  loginId: undefined,
  authenticatedAt: undefined,
  actor: undefined,
  thirdParty: false,
  via: 'bearer',
} as const
const rest = { scopes: new Set<string>(), groups: new Set<string>(), name: undefined, email: undefined }
const bob: User = { ...token, ...login, ...rest, kind: 'user', id: 'bob', subject: 'bob' }

const source = '{ book { title draft } }'
const rootValue = { book: { author: 'alice', title: 'Fields', draft: 'Notes' } }
for (const principal of [anonymous, bob, { ...bob, id: 'alice' }])
  console.log(JSON.stringify(await graphql({ schema, source, rootValue, contextValue: { principal } })))
