/** What a document says of itself, whoever asks: read once, and kept as long as the document. */
import { type DirectiveNode, type DocumentNode, type FieldNode, Kind, visit } from 'graphql'
import { type Fragments, fragmentsOf } from './fragments.ts'

export interface Facts {
  readonly fragments: Fragments
  /** Variables of `@skip` and `@include`, which decide what is asked. */
  readonly flags: readonly string[]
  /** Short, without introspection, and without a name that is none in an object of JavaScript. */
  readonly isPlain: boolean
}

/** Characters of a plain document. What is made of a longer one would hold too much memory. */
export const charactersMax = 10_000

const conditions = new Set(['skip', 'include'])

const flagsIn = ({ name, arguments: given = [] }: DirectiveNode): readonly string[] =>
  conditions.has(name.value)
    ? given.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : []))
    : []

const peculiar = new Set(['__schema', '__type', '__proto__'])

const isPeculiar = ({ name, alias }: FieldNode): boolean => peculiar.has(name.value) || alias?.value === '__proto__'

const read = (document: DocumentNode): Facts => {
  const flags = new Set<string>()
  let isPlain = (document.loc?.source.body.length ?? 0) <= charactersMax
  visit(document, {
    Directive: (node) => {
      for (const name of flagsIn(node)) flags.add(name)
    },
    Field: (node) => {
      if (isPeculiar(node)) isPlain = false
    },
  })
  return { fragments: fragmentsOf(document), flags: [...flags], isPlain }
}

const known = new WeakMap<DocumentNode, Facts>()

/** The facts of a document. */
export const factsOf = (document: DocumentNode): Facts => {
  const facts = known.get(document) ?? read(document)
  known.set(document, facts)
  return facts
}
