/** Two tables about one type, and how a classification of them is read. */
import type { Service, User } from '@fieldnotes/core/principal'
import { buildSchema } from 'graphql'
import { type Classification, classify } from '../../src/prove/classify.ts'
import { createModel, type Knowledge, type Model } from '../../src/prove/prove.ts'
import { leavesOf, readTree, type Tree } from '../../src/rule/tree.ts'
import { allow, has, not, object, or, type Rule, signedIn } from '../../src/rules.ts'

export interface Book {
  readonly by: string
  readonly closed: boolean
  /** The examples have the ranks 1 and 2. */
  readonly rank: number
  readonly tags: readonly string[]
  readonly pinned?: boolean
  readonly lost?: { readonly at: Date }
}

/** A test for callers that are signed in. */
export type BookTest = (caller: User | Service, book: Book) => boolean

const rules = new Map<Tree, Rule>()

/** A rule on books; another one named "mine" unless it has a name. */
export function byKnown(test: BookTest, name = 'mine'): Rule {
  const rule = object<Book>(name, (caller, book) => caller.kind !== 'anonymous' && test(caller, book))
  rules.set(readTree(rule), rule)
  return rule
}

/** The rule named "mine" that others contain. */
function mineIn(...others: readonly Rule[]): Rule {
  const leaf = others
    .map(readTree)
    .flatMap(leavesOf)
    .find(({ name }) => name === 'mine')
  return (leaf && rules.get(leaf)) ?? mine
}

export const mine = byKnown((caller, book) => caller.id === book.by)
export const reads = has('read')
export const types = buildSchema('type Query { book(id: ID!): Book } type Book { title: String draft: String }')

function knowledgeOf(own: Rule): Knowledge {
  return {
    relations: [or(not(own), signedIn)],
    examples: {
      Book: (holds) =>
        Object.freeze({ by: holds(own) ? 'caller' : 'other', closed: holds(own), rank: holds(own) ? 1 : 2, tags: [] }),
    },
  }
}

export function modelOf(draft: Rule, title: Rule = allow, variants: Knowledge['variants'] = {}): Model {
  const known = { ...knowledgeOf(mineIn(draft, title)), variants }
  return createModel(types, { Query: { book: allow }, Book: { title, draft } }, known)
}

export function compare(before: Rule, after: Rule): Classification {
  return classify(modelOf(before), modelOf(after))
}

/** Kind of caller → difference. */
export function changesOf({ changes }: Pick<Classification, 'changes'>): Readonly<Record<string, string>> {
  return Object.fromEntries(changes.map(({ caller, difference }) => [caller, difference]))
}

/** The changes of a rule that opens to every known caller. */
export const widerForAllKnown = { person: 'wider', 'third party': 'wider', service: 'wider' }
