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
import { requestError } from '../decide/graphql-errors.ts'
import { duplicatesIn } from './duplicates.ts'
import { type Fragments, fragmentsOf } from './fragments.ts'

/** Counts of the document with every fragment expanded. The largest operation or fragment counts. */
export interface Measures {
  /** Levels of fields within fields. */
  readonly depth: number
  /** Fields of the largest selection set. */
  readonly breadth: number
  readonly fields: number
  readonly aliases: number
  /** Fields with one path in the response. Validation compares each of them with each other. */
  readonly duplicates: number
  /** Fields at the root of one query or subscription. */
  readonly rootFields: number
  /** Fields at the root of one mutation, each of which writes. */
  readonly mutations: number
  /** Directives as written, without expanding fragments. */
  readonly directives: number
  /** Characters of the longest name. Aliases are part of every path in errors and logs. */
  readonly name: number
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
function sumOf(one: Sum, other: Sum): Sum {
  return {
    width: one.width + other.width,
    breadth: Math.max(one.breadth, other.breadth),
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    aliases: one.aliases + other.aliases,
  }
}

function sumOfField(node: FieldNode, below: Sum): Sum {
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
    if (node.kind === Kind.FIELD) return sumOfField(node, node.selectionSet ? ofSet(node.selectionSet) : nothing)
    return node.kind === Kind.INLINE_FRAGMENT ? ofSet(node.selectionSet) : ofFragment(node.name.value)
  }
  const ofSet = (set: SelectionSetNode): Sum => set.selections.map(ofSelection).reduce(sumOf, nothing)
  return ofSet
}

/** The number of directives and the longest name, as written. */
function countNodes(document: DocumentNode): Pick<Measures, 'directives' | 'name'> {
  let directives = 0
  let name = 0
  visit(document, {
    Directive: () => {
      directives += 1
    },
    Name: ({ value }) => {
      name = Math.max(name, value.length)
    },
  })
  return { directives, name }
}

/** A document with more fields or spreads is refused for their number. Its duplicates are not counted. */
const comparedMax = 10_000

/**
 * Measures a parsed document, without following a fragment twice.
 * @throws GraphQLError BAD_USER_INPUT when a fragment contains itself
 */
export function measureDocument(document: DocumentNode): Measures {
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
  const duplicates =
    Math.max(fields, breadth) > comparedMax ? Number.POSITIVE_INFINITY : duplicatesIn(document, fragments)
  return { depth, breadth, fields, aliases, duplicates, rootFields, mutations, ...countNodes(document) }
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
