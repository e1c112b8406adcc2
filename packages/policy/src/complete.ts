/** What becomes of a value that a field has got (GraphQL §6.4.3 CompleteValue). */
import {
  GraphQLBoolean,
  GraphQLError,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLNullableType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql'
import { compositeOf, type Descend } from './composite.ts'
import { type Field, isPromise, locate, nameOf, native, type Path, type Run } from './run.ts'

/** The value as the answer holds it, or a promise of it. Throws what went wrong. */
type Complete = (run: Run, value: unknown, path: Path) => unknown

/** What follows from the type of a field, or of an item of its list. */
export interface Slot {
  /** For values that are there and no errors. */
  readonly complete: Complete
  /** What stands where nothing is. Throws where null may not stand. */
  readonly missing: () => null
  /** A place that failed: null where null may stand, else the error goes on to the place around it. */
  readonly fail: (run: Run, error: unknown, path: Path) => null
  /** What `typeof` says of values that go into the answer as they are. */
  readonly plain: string | undefined
}

/** Types whose `serialize` hands out such values as they are. */
const unchanged = new Map<GraphQLOutputType, string>([
  [GraphQLString, 'string'],
  [GraphQLID, 'string'],
  [GraphQLBoolean, 'boolean'],
])

function leafOf(type: GraphQLLeafType): Complete {
  return (run, value) => {
    const serialized: unknown = type.serialize(value)
    if (typeof serialized === 'string') run.size.characters += serialized.length
    if (serialized !== null && serialized !== undefined) return native(serialized)
    throw new Error(`Expected \`${type.name}.serialize\` to return a value, returned: ${serialized}`)
  }
}

/** Null needs nothing done, and a value may be an error. */
function put({ complete, missing }: Slot, run: Run, value: unknown, path: Path): unknown {
  if (value === null || value === undefined) return missing()
  if (value instanceof Error) throw value
  return complete(run, value, path)
}

/** A promise as it came, so that everything happens when it does under graphql-js, and one of our own in its place. */
function fillLate(slot: Slot, run: Run, value: Promise<unknown>, path: Path): unknown {
  const done: unknown = value.then((found) => put(slot, run, found, path))
  return isPromise(done) ? native(caught(slot, run, done, path)) : done
}

function caught({ fail }: Slot, run: Run, done: Promise<unknown>, path: Path): Promise<unknown> {
  return done.then(undefined, (error) => fail(run, error, path))
}

/**
 * Puts a value, or a promise of one, into its slot at `path`. Throws when it failed and may not be null. Makes no function
 * of its own: V8 would keep the parameters of each call for it, whether it is late or not.
 */
export function fill(slot: Slot, run: Run, value: unknown, path: Path): unknown {
  try {
    if (isPromise(value)) return fillLate(slot, run, value, path)
    const done = put(slot, run, value, path)
    return done instanceof Promise ? caught(slot, run, done, path) : done
  } catch (error) {
    return slot.fail(run, error, path)
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && typeof (value as Iterable<unknown>)[Symbol.iterator] === 'function'
}

/** What is under way goes on; nobody waits for it, and its failures are heard. */
function abandon(items: readonly unknown[]): void {
  for (const item of items) if (item instanceof Promise) item.then(undefined, () => {})
}

function weighed({ size }: Run, item: unknown): unknown {
  if (typeof item === 'string') size.characters += item.length
  return item
}

function listOf(field: Field, slot: Slot): Complete {
  const itemOf = (run: Run, item: unknown, prev: Path, key: number): unknown =>
    typeof item === slot.plain ? weighed(run, item) : fill(slot, run, item, { prev, key, typename: undefined })
  const completeAll = (run: Run, values: Iterable<unknown>, path: Path): unknown => {
    const items: unknown[] = []
    let isLate = false
    try {
      for (const value of values) {
        const done = itemOf(run, value, path, items.length)
        if (done instanceof Promise) isLate = true
        items.push(done)
      }
    } catch (error) {
      abandon(items)
      throw error
    }
    return isLate ? Promise.all(items) : items
  }
  return (run, value, path) => {
    if (isIterable(value)) return completeAll(run, value, path)
    throw new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`)
  }
}

function completeOf(type: GraphQLNullableType & GraphQLOutputType, field: Field, descend: Descend): Complete {
  if (isListType(type)) return listOf(field, slotOf(type.ofType, field, descend))
  return isLeafType(type) ? leafOf(type) : compositeOf(type, field, descend)
}

/** How a value of this type gets into the answer; `descend` goes on below it. */
export function slotOf(type: GraphQLOutputType, field: Field, descend: Descend): Slot {
  return {
    complete: completeOf(getNullableType(type), field, descend),
    missing: () => {
      if (isNonNullType(type)) throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`)
      return null
    },
    fail: (run, error, path) => {
      if (run.errors.isFull() && !isNonNullType(type)) return null
      const located = locate(error, field.nodes, path)
      if (isNonNullType(type)) throw located
      run.errors.add(located, path)
      return null
    },
    plain: unchanged.get(getNullableType(type)),
  }
}
