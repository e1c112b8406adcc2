/** How a field gets its value: from its resolver, or straight from a property where nobody could tell the difference. */
import { defaultFieldResolver, type GraphQLFieldResolver, getArgumentValues } from 'graphql'
import { fill, type Slot, slotOf } from './complete.ts'
import type { Descend } from './composite.ts'
import { type Guarded, guardedBy } from './guarded.ts'
import type { Asked } from './leaf.ts'
import { type Field, infoOf, type Path, type Run } from './run.ts'

/** Asks the object at `at` for one field, and makes of it what the answer holds. Throws when it failed and may not be null. */
export type Ask = (run: Run, source: unknown, at: Path | undefined) => unknown

type Resolver = GraphQLFieldResolver<unknown, unknown>

function pathOf({ key, parent }: Field, prev: Path | undefined): Path {
  return { prev, key, typename: parent.name }
}

function argumentsOf({ definition, nodes: [node] }: Field, { shared }: Run): Record<string, unknown> {
  return node && definition.args.length > 0 ? getArgumentValues(definition, node, shared.variableValues) : {}
}

function askResolver(field: Field, resolve: Resolver, slot: Slot): Ask {
  return (run, source, at) => {
    const path = pathOf(field, at)
    let value: unknown
    try {
      value = resolve(source, argumentsOf(field, run), run.context, infoOf(run, field, path))
    } catch (error) {
      return slot.fail(run, error, path)
    }
    return fill(slot, run, value, path)
  }
}

/** As graphql-js calls a function that stands in a property. */
function methodOf(method: CallableFunction): Resolver {
  return (source, args, context, info) => Reflect.apply(method, source, [args, context, info])
}

const none = Object.freeze({})

/** Stands for what only the resolver can tell. */
const unread = Symbol()

/** Only a clear yes opens a property: all else the guard itself is asked again, which refuses and says why. */
function isOpen({ test }: Guarded, { context }: Run, source: object, at: Path | undefined): boolean {
  try {
    return test(source, none, context as Asked, at)
  } catch {
    return false
  }
}

/** What stands in a property, as it is, or `unread`. Throws what a getter throws. */
type Peek = (run: Run, source: unknown, at: Path | undefined) => unknown

function peekOf(name: string, guarded: Guarded | undefined): Peek {
  return (run, source, at) => {
    if (typeof source !== 'object' || source === null) return unread
    if (guarded && !isOpen(guarded, run, source, at)) return unread
    return (source as Record<string, unknown>)[name]
  }
}

/** Most fields are words in a property: for them nobody needs to know where they stand. */
function askProperty(field: Field, peek: Peek, slot: Slot, long: Ask): Ask {
  const { plain } = slot
  const isText = plain === 'string'
  return (run, source, at) => {
    let value: unknown
    try {
      value = peek(run, source, at)
    } catch (error) {
      return slot.fail(run, error, pathOf(field, at))
    }
    if (typeof value === plain) {
      if (isText) run.size.characters += (value as string).length
      return value
    }
    if (value === unread) return long(run, source, at)
    if (typeof value === 'function') return askResolver(field, methodOf(value), slot)(run, source, at)
    return fill(slot, run, value, pathOf(field, at))
  }
}

/** How this field is asked. One with arguments asks its resolver: they may be wrong. */
export function askOf(field: Field, descend: Descend): Ask {
  const { resolve = defaultFieldResolver, args, name, type } = field.definition
  const slot = slotOf(type, field, descend)
  const guarded = guardedBy(resolve)
  const long = askResolver(field, resolve, slot)
  const isShort = args.length === 0 && (guarded !== undefined || resolve === defaultFieldResolver)
  return isShort ? askProperty(field, peekOf(name, guarded), slot, long) : long
}
