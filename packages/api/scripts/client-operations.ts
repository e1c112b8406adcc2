/** The operations that a stage with `operations: 'listed'` executes, read from `operations/`. */
import { globSync, readFileSync } from 'node:fs'
import { operationId } from '@fieldnotes/policy/persisted'
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  Kind,
  parse,
  print,
  separateOperations,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** One listed operation, in the members of Apollo's persisted query manifests. */
export interface ClientOperation {
  /** SHA-256 of `body`, in hexadecimal. */
  readonly id: string
  readonly name: string
  readonly type: string
  /** The exact text that is executed. */
  readonly body: string
}

/** The text of each file by its name: `.graphql` documents, and `.json` manifests of clients' builds. */
export type OperationFiles = Readonly<Record<string, string>>

/** The files of a folder, in the order of their names. */
export function readOperationFiles(folder: URL): OperationFiles {
  const names = globSync('*.{graphql,json}', { cwd: folder }).sort()
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]))
}

/**
 * The operations of the files, ordered by name and id. A text in several manifests is listed once.
 * @throws Error for an invalid operation, one without a name, an id that is not the SHA-256 of its text, and two
 * documents of one name
 */
export function clientOperations(schema: GraphQLSchema, files: OperationFiles): readonly ClientOperation[] {
  const isManifest = ([name]: readonly [string, string]) => name.endsWith('.json')
  const entries = Object.entries(files)
  const own = bodiesOf(entries.filter((entry) => !isManifest(entry)).map(([, text]) => text))
  const foreign = entries.filter(isManifest).flatMap(([name, text]) => listedBodies(name, JSON.parse(text)))
  const all = [...new Set([...own, ...foreign])].map((body) => operationOf(schema, body))
  return all.toSorted((a, b) => compare(a.name, b.name) || compare(a.id, b.id))
}

/** Fields of the schema's object types that no operation selects, such as `Query.tags` and `Note.color`. */
export function fieldsWithout(schema: GraphQLSchema, operations: readonly ClientOperation[]): readonly string[] {
  const selected = new Set(operations.flatMap(({ body }) => coordinatesIn(schema, parse(body))))
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) => Object.keys((type as GraphQLObjectType).getFields()).map((field) => `${type.name}.${field}`))
    .filter((coordinate) => !selected.has(coordinate))
}

/** The files share their fragments. Each operation is printed first, then the fragments that it spreads, by name. */
function bodiesOf(sources: readonly string[]): readonly string[] {
  const definitions = sources.filter((text) => text.trim() !== '').flatMap((text) => parse(text).definitions)
  assertNames(definitions)
  const separate = Object.values(separateOperations({ kind: Kind.DOCUMENT, definitions }))
  return separate.map((document) => print({ ...document, definitions: document.definitions.toSorted(inOrder) }))
}

/** `separateOperations` drops the first of two operations of the same name without an error. */
function assertNames(definitions: readonly DefinitionNode[]): void {
  const seen = new Set<string>()
  for (const { kind, name } of definitions.map((node) => ({ kind: node.kind, name: nameOf(node) }))) {
    if (seen.has(`${kind} ${name}`)) throw new Error(`operations: two definitions have the name ${name}`)
    seen.add(`${kind} ${name}`)
  }
}

function inOrder(a: DefinitionNode, b: DefinitionNode): number {
  return rank(a) - rank(b) || compare(nameOf(a), nameOf(b))
}

function rank({ kind }: DefinitionNode): number {
  return kind === Kind.OPERATION_DEFINITION ? 0 : 1
}

function nameOf(node: DefinitionNode): string {
  return 'name' in node ? (node.name?.value ?? '') : ''
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/**
 * The manifests of Apollo's clients are `{ operations: [{ id, body }] }`, those of Relay and graphql-codegen `{ id:
 * text }`.
 */
function listedBodies(file: string, manifest: object): readonly string[] {
  const { operations } = manifest as { readonly operations?: unknown }
  const pairs = Array.isArray(operations) ? operations.map(({ id, body }) => [id, body]) : Object.entries(manifest)
  return pairs.map(([id, body]) => {
    if (typeof body !== 'string') throw new Error(`operations/${file}: an operation has no text`)
    if (id !== operationId(body)) throw new Error(`operations/${file}: the id ${id} is not the SHA-256 of its text`)
    return body
  })
}

function operationOf(schema: GraphQLSchema, body: string): ClientOperation {
  const document = parse(body)
  const [fault] = validate(schema, document)
  const [definition, ...others] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  const name = definition?.name?.value
  if (fault) throw new Error(`operations: ${name}: ${fault.message}`)
  if (!definition || !name || others.length > 0) throw new Error('operations: a text is not one operation with a name')
  return { id: operationId(body), name, type: definition.operation, body }
}

/** Each field that a document selects, as `Type.field`. */
function coordinatesIn(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const types = new TypeInfo(schema)
  const found: string[] = []
  const enter = ({ name }: FieldNode) => void found.push(`${types.getParentType()?.name}.${name.value}`)
  visit(document, visitWithTypeInfo(types, { Field: { enter } }))
  return found
}
