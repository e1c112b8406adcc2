/** How large a document is, counted without a schema and in one pass, whatever its fragments do. */
import { AppError } from '@fieldnotes/core/error'
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { type Fragments, fragmentsOf } from './fragments.ts'

/** Counts of what would be executed, that is with every fragment in its place. The largest operation or fragment counts. */
export interface Measures {
  /** Fields within fields. */
  readonly depth: number
  /** Fields of one selection set. */
  readonly breadth: number
  readonly fields: number
  readonly aliases: number
  /** How often one response name stands in one selection set. */
  readonly duplicates: number
  /** Fields of one query, or of one subscription. */
  readonly rootFields: number
  /** Fields of one mutation, each of which writes. */
  readonly mutations: number
  /** As written, not as executed. */
  readonly directives: number
}

interface Sum {
  readonly width: number
  readonly breadth: number
  readonly depth: number
  readonly fields: number
  readonly aliases: number
}

const nothing: Sum = { width: 0, breadth: 0, depth: 0, fields: 0, aliases: 0 }

/** Two selections side by side. Numbers saturate at infinity, which no limit allows. */
function beside(one: Sum, other: Sum): Sum {
  return {
    width: one.width + other.width,
    breadth: Math.max(one.breadth, other.breadth),
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    aliases: one.aliases + other.aliases,
  }
}

function within(node: FieldNode, below: Sum): Sum {
  return {
    width: 1,
    breadth: Math.max(below.breadth, below.width),
    depth: below.depth + 1,
    fields: below.fields + 1,
    aliases: below.aliases + (node.alias ? 1 : 0),
  }
}

/** Sums of selection sets. Each fragment is counted once, however often and however deep it is spread. */
function createAdder(fragments: Fragments): (set: SelectionSetNode) => Sum {
  const sums = new Map<string, Sum | 'open'>()

  const ofFragment = (name: string): Sum => {
    const known = sums.get(name)
    if (known === 'open')
      throw new AppError('BAD_USER_INPUT', 'circular fragments', { message: 'A fragment contains itself.' })
    if (known) return known
    const fragment = fragments[name]
    // Whoever climbs a tower of fragments finds an unknown one at its foot as often as a field.
    if (!fragment) return { ...nothing, width: 1 }
    sums.set(name, 'open')
    const sum = ofSet(fragment.selectionSet)
    sums.set(name, sum)
    return sum
  }
  const ofSelection = (node: SelectionNode): Sum => {
    if (node.kind === Kind.FIELD) return within(node, node.selectionSet ? ofSet(node.selectionSet) : nothing)
    return node.kind === Kind.INLINE_FRAGMENT ? ofSet(node.selectionSet) : ofFragment(node.name.value)
  }
  const ofSet = (set: SelectionSetNode): Sum => set.selections.map(ofSelection).reduce(beside, nothing)
  return ofSet
}

type Counts = ReadonlyMap<string, number>

/** How often each response name stands in a selection set. Each fragment is counted once, as above. */
function createCounter(fragments: Fragments): (set: SelectionSetNode) => Counts {
  const known = new Map<string, Counts>()

  const ofFragment = (name: string): Counts => {
    const fragment = fragments[name]
    const counts = known.get(name) ?? (fragment ? ofSet(fragment.selectionSet) : new Map<string, number>())
    known.set(name, counts)
    return counts
  }
  const ofSelection = (node: SelectionNode): Counts => {
    if (node.kind === Kind.FIELD) return new Map([[node.alias?.value ?? node.name.value, 1]])
    return node.kind === Kind.INLINE_FRAGMENT ? ofSet(node.selectionSet) : ofFragment(node.name.value)
  }
  const ofSet = (set: SelectionSetNode): Counts => {
    const counts = new Map<string, number>()
    for (const node of set.selections)
      for (const [name, count] of ofSelection(node)) counts.set(name, (counts.get(name) ?? 0) + count)
    return counts
  }
  return ofSet
}

/** Directives as written, and the largest number of duplicates. */
function countNodes(document: DocumentNode, fragments: Fragments): Pick<Measures, 'directives' | 'duplicates'> {
  const count = createCounter(fragments)
  let directives = 0
  let duplicates = 0
  visit(document, {
    Directive: () => {
      directives += 1
    },
    SelectionSet: (set) => {
      duplicates = Math.max(duplicates, ...count(set).values())
    },
  })
  return { directives, duplicates }
}

/**
 * Measures a parsed document, without following a fragment twice.
 * @throws BAD_USER_INPUT when a fragment contains itself
 */
export function measure(document: DocumentNode): Measures {
  const fragments = fragmentsOf(document)
  const add = createAdder(fragments)
  let total = nothing
  let rootFields = 0
  let mutations = 0
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION) continue
    const sum = add(node.selectionSet)
    total = larger(total, sum)
    if (node.kind === Kind.FRAGMENT_DEFINITION) continue
    if (node.operation === OperationTypeNode.MUTATION) mutations = Math.max(mutations, sum.width)
    else rootFields = Math.max(rootFields, sum.width)
  }
  const { depth, fields, aliases } = total
  const breadth = Math.max(total.breadth, total.width)
  return { depth, breadth, fields, aliases, rootFields, mutations, ...countNodes(document, fragments) }
}

function larger(one: Sum, other: Sum): Sum {
  return {
    width: Math.max(one.width, other.width),
    breadth: Math.max(one.breadth, other.breadth),
    depth: Math.max(one.depth, other.depth),
    fields: Math.max(one.fields, other.fields),
    aliases: Math.max(one.aliases, other.aliases),
  }
}
