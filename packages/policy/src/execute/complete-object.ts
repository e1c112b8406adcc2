/** Values of object types, interfaces and unions: what type they are, and that they are it. */
import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLObjectType,
  isAbstractType,
  isObjectType,
} from 'graphql'
import { type Field, infoOf, isPromise, native, type Path, type Run } from './execution.ts'

/** Executes what is asked of one object; the root of an operation has no path. */
export type Execute = (run: Run, source: unknown, path: Path | undefined) => unknown

/** What is asked of objects of this type. */
export type Descend = (type: GraphQLObjectType) => Execute

type CompleteObject = (run: Run, value: unknown, path: Path) => unknown

/** The path that the resolver of the field was told: indexes of lists stand below it. */
function fieldPath(path: Path): Path {
  return typeof path.key === 'number' && path.prev ? fieldPath(path.prev) : path
}

function after(answer: unknown, next: (answer: unknown) => unknown): unknown {
  return isPromise(answer) ? native(answer.then(next)) : next(answer)
}

function objectOf(type: GraphQLObjectType, field: Field, descend: Descend): CompleteObject {
  const { isTypeOf } = type
  const execute = descend(type)
  if (!isTypeOf) return execute
  return (run, value, path) =>
    after(isTypeOf(value, run.context, infoOf(run, field, fieldPath(path))), (is) => {
      if (is) return execute(run, value, path)
      throw new GraphQLError(`Expected value of type "${type.name}" but got another.`, { nodes: field.nodes })
    })
}

/** @throws GraphQLError when the name is none of a type that may stand here */
function runtimeType(name: unknown, type: GraphQLAbstractType, { schema }: Run['shared']): GraphQLObjectType {
  const found = typeof name === 'string' ? schema.getType(name) : undefined
  if (isObjectType(found) && schema.isSubType(type, found)) return found
  throw new GraphQLError(`Abstract type "${type.name}" must resolve to one of its object types at runtime.`)
}

function abstractOf(type: GraphQLAbstractType, field: Field, descend: Descend): CompleteObject {
  const resolveType = type.resolveType ?? defaultTypeResolver
  const completes = new Map<GraphQLObjectType, CompleteObject>()
  const completeAs = (found: GraphQLObjectType): CompleteObject => {
    const known = completes.get(found) ?? objectOf(found, field, descend)
    completes.set(found, known)
    return known
  }
  return (run, value, path) =>
    after(resolveType(value, run.context, infoOf(run, field, fieldPath(path)), type), (name) =>
      completeAs(runtimeType(name, type, run.shared))(run, value, path),
    )
}

/** How a value of this type gets into the answer. */
export function compositeOf(type: GraphQLCompositeType, field: Field, descend: Descend): CompleteObject {
  return isAbstractType(type) ? abstractOf(type, field, descend) : objectOf(type, field, descend)
}
