import { createModel, field, implies, never, onlyIf, prove, when } from '@fieldnotes/policy/prove'
import { formatProofs } from '@fieldnotes/policy/prove-text'
import { allow, and, has, not, object, or, person, signedIn } from '@fieldnotes/policy/rules'
import { buildSchema } from 'graphql'

interface Book {
  readonly author: string
  readonly editors: readonly string[]
}

const mine = object<Book>('mine', (caller, book) => caller.kind === 'user' && caller.id === book.author)
const edited = object<Book>('edited', (caller, book) => caller.kind === 'user' && book.editors.includes(caller.id))

const types = buildSchema('type Query { book(id: ID!): Book } type Book { title: String draft: String }')
const table = {
  Query: { book: has('books:read') },
  Book: { title: allow, draft: and(signedIn, or(mine, edited, has('books:audit'))) },
}

const model = createModel(types, table, {
  relations: [not(and(mine, edited)), or(not(or(mine, edited)), person)],
  examples: {
    Book: (holds) => ({ author: holds(mine) ? 'caller' : 'other', editors: holds(edited) ? ['caller'] : [] }),
  },
})

const statements = {
  'Drafts need a sign-in': never(field('Book.draft'), when(not(signedIn))),
  'A draft is as closed as its title': implies(field('Book.draft'), field('Book.title')),
  'Drafts are for authors and editors': onlyIf(field('Book.draft'), or(mine, edited)),
}

console.log(formatProofs(prove(model, statements)))
