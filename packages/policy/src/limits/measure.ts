/** The size of a document, counted without a schema and in one pass, however its fragments are nested. */
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
import { requestError } from '../decide/refusal.ts'
import { type Fragments, fragmentsOf } from './fragments.ts'

/** Counts of the document with every fragment expanded. The largest operation or fragment counts. */
export interface Measures {
  /** Levels of fields within fields. */
  readonly depth: number
  /** Fields of the largest selection set. */
  readonly breadth: number
  readonly fields: number
  readonly aliases: number
  /** Occurrences of one response name in one selection set. */
  readonly duplicates: number
  /** Fields at the root of one query or subscription. */
  readonly rootFields: number
  /** Fields at the root of one mutation, each of which writes. */
  readonly mutations: number
  /** Directives as written, without expanding fragments. */
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

/** The sum of two selections of one set. Numbers saturate at infinity, which no limit allows. */
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

function refuseCircular(): never {
  throw requestError(new AppError('BAD_USER_INPUT', 'circular fragments', { message: 'A fragment contains itself.' }))
}

/** Sums of selection sets. Each fragment is counted once, however often and however deep it is spread. */
function createAdder(fragments: Fragments): (set: SelectionSetNode) => Sum {
  const sums = new Map<string, Sum | 'open'>()

  const ofFragment = (name: string): Sum => {
    const known = sums.get(name)
    if (known === 'open') refuseCircular()
    if (known) return known
    const fragment = fragments[name]
    // An unknown fragment at the end of a chain of spreads is visited as often as a field would be.
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

/** Occurrences of each response name in a selection set. Each fragment is counted once, as above. */
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

/** The number of directives as written, and the largest number of duplicates. */
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
 * @throws GraphQLError BAD_USER_INPUT when a fragment contains itself
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
