/** Two tables about one type, and how a classification of them is read. */
import type { Service, User } from '@fieldnotes/core/principal'
import { buildSchema } from 'graphql'
import { type Classification, classify } from '../../src/prove/classify.ts'
import { createModel, type Knowledge, type Model } from '../../src/prove/prove.ts'
import { allow, has, not, object, or, type Rule, signedIn } from '../../src/rules.ts'

export interface Book {
  readonly by: string
  readonly closed: boolean
  readonly tags: readonly string[]
  readonly pinned?: boolean
  readonly lost?: { readonly at: Date }
}

/** A test for callers that are signed in. */
export type BookTest = (caller: User | Service, book: Book) => boolean

/** A rule on books; another one named "mine" unless it has a name. */
export function byKnown(test: BookTest, name = 'mine'): Rule {
  return object<Book>(name, (caller, book) => caller.kind !== 'anonymous' && test(caller, book))
}

export const mine = byKnown((caller, book) => caller.id === book.by)
export const reads = has('read')
export const types = buildSchema('type Query { book(id: ID!): Book } type Book { title: String draft: String }')

export const knowledge: Knowledge = {
  relations: [or(not(mine), signedIn)],
  examples: { Book: (holds) => Object.freeze({ by: holds(mine) ? 'caller' : 'other', closed: holds(mine), tags: [] }) },
}

export function modelOf(draft: Rule, title: Rule = allow): Model {
  return createModel(types, { Query: { book: allow }, Book: { title, draft } }, knowledge)
}

export function compare(before: Rule, after: Rule): Classification {
  return classify(modelOf(before), modelOf(after))
}

/** Kind of caller → difference. */
export function changesOf({ changes }: Classification): Readonly<Record<string, string>> {
  return Object.fromEntries(changes.map(({ caller, difference }) => [caller, difference]))
}

/** The changes of a rule that opens to every known caller. */
export const widerForAllKnown = { person: 'wider', 'third party': 'wider', service: 'wider' }
