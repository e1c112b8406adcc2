/** What a document says of itself, whoever asks: read once, and kept as long as the document. */
import { type DocumentNode, type FieldNode, visit } from 'graphql'
import { type Fragments, fragmentsOf } from '../limits/fragments.ts'

export interface Facts {
  readonly fragments: Fragments
  /** Short, without introspection, and without a name that is none in an object of JavaScript. */
  readonly isPlain: boolean
}

/** Characters of a plain document. What is made of a longer one would hold too much memory. */
export const charactersMax = 10_000

const peculiar = new Set(['__schema', '__type', '__proto__'])

function isPeculiar({ name, alias }: FieldNode): boolean {
  return peculiar.has(name.value) || alias?.value === '__proto__'
}

function read(document: DocumentNode): Facts {
  let isPlain = charactersOf(document) <= charactersMax
  visit(document, {
    Field: (node) => {
      if (isPeculiar(node)) isPlain = false
    },
  })
  return { fragments: fragmentsOf(document), isPlain }
}

/** Characters of the text that a document was parsed from. */
export function charactersOf({ loc }: DocumentNode): number {
  return loc?.source.body.length ?? 0
}

const known = new WeakMap<DocumentNode, Facts>()

/** The facts of a document. */
export function factsOf(document: DocumentNode): Facts {
  const facts = known.get(document) ?? read(document)
  known.set(document, facts)
  return facts
}
