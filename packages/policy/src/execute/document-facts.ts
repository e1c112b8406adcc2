/** Facts of a document that do not depend on the request. They are read once, and kept as long as the document. */
import { type DocumentNode, type FieldNode, visit } from 'graphql'
import { keptCharactersMax } from '../limits/document-limits.ts'
import { type Fragments, fragmentsOf } from '../limits/fragments.ts'

export interface DocumentFacts {
  readonly fragments: Fragments
  /** Short, without introspection, and without the name `__proto__`, which is no ordinary property of an object. */
  readonly isPlannable: boolean
}

const unplannable = new Set(['__schema', '__type', '__proto__'])

function isUnplannable({ name, alias }: FieldNode): boolean {
  return unplannable.has(name.value) || alias?.value === '__proto__'
}

function read(document: DocumentNode): DocumentFacts {
  let isPlannable = charactersOf(document) <= keptCharactersMax
  visit(document, {
    Field: (node) => {
      if (isUnplannable(node)) isPlannable = false
    },
  })
  return { fragments: fragmentsOf(document), isPlannable }
}

/** Characters of the text that a document was parsed from; 0 for a document that was not parsed from a text. */
export function charactersOf({ loc }: DocumentNode): number {
  return loc?.source.body.length ?? 0
}

const known = new WeakMap<DocumentNode, DocumentFacts>()

/** The facts of a document. */
export function documentFactsOf(document: DocumentNode): DocumentFacts {
  const facts = known.get(document) ?? read(document)
  known.set(document, facts)
  return facts
}
