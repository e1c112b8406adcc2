/**
 * `npm run generate`: writes `src/generated/` from `schema.graphql` and the operations. A test fails when a file is
 * stale.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { listOperations } from '@fieldnotes/policy/persisted'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import {
  assertValidSchema,
  buildSchema,
  type DirectiveNode,
  type GraphQLSchema,
  getDirectiveValues,
  isIntrospectionType,
  isObjectType,
  parse,
  printSchema,
  visit,
} from 'graphql'
import { semanticToStrict } from 'graphql-sock'
import { type ClientOperation, clientOperations, readOperationFiles } from './client-operations.ts'

const source = new URL('../src/schema.graphql', import.meta.url)
const operationFiles = new URL('../operations/', import.meta.url)
const target = new URL('../src/generated/', import.meta.url)

/** A type with every object type by its name, from which the type of the table of rules is made. */
function objectTypes(schema: GraphQLSchema): string {
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .map((type) => `  ${type.name}: ${type.name};\n`)
  return `\nexport type ObjectTypes = {\n${names.join('')}};\n`
}

/** The types that resolvers return for these types of the schema. */
const mappers = {
  ConnectedApp: '../sign-ins/third-party-apps.ts#App as AppModel',
  ConnectedAppConnection: '../sign-ins/third-party-apps.ts#AppPage as AppPageModel',
  ConnectedAppEdge: '../sign-ins/third-party-apps.ts#AppEntry as AppEntryModel',
  Note: '../notes/note.ts#Note as NoteModel',
  NoteConnection: '../notes/pages.ts#NotePage as NotePageModel',
  NoteEdge: '../notes/pages.ts#NoteEntry as NoteEntryModel',
  NoteGone: '../notes/sync/delta-sync.ts#NoteGone as NoteGoneModel',
  Session: '../sign-ins/sessions.ts#Session as SessionModel',
  SessionConnection: '../sign-ins/sessions.ts#SessionPage as SessionPageModel',
  SessionEdge: '../sign-ins/sessions.ts#SessionEntry as SessionEntryModel',
  Share: '../notes/note.ts#Share as ShareModel',
  User: '../people/person.ts#Person as PersonModel',
}

/** The deployed document is shorter without the directive, which introspection does not show. Null removes the node. */
function withoutNullability({ name }: DirectiveNode): null | undefined {
  return name.value === 'semanticNonNull' ? null : undefined
}

/** The list dimensions of each field with `@semanticNonNull` in which it is not null. */
function levelsOf(schema: GraphQLSchema): readonly (readonly [coordinate: string, levels: unknown])[] {
  const directive = schema.getDirective('semanticNonNull')
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const))
    .flatMap(([coordinate, { astNode }]) => {
      const values = directive && astNode && getDirectiveValues(directive, astNode)
      return values ? [[coordinate, values.levels] as const] : []
    })
}

const levelsHeader = `/**
 * Fields that are null only with an error (\`@semanticNonNull\`): the list dimensions that are not null, 0 for the field.
 */`

/**
 * The document as a module: parsing the schema's text takes a fifth of a cold start. V8 reads JSON faster than a
 * literal.
 */
function documentOf(sdl: string): string {
  const document = JSON.stringify(visit(parse(sdl, { noLocation: true }), { Directive: withoutNullability }))
  return `import type { DocumentNode } from 'graphql'

/** \`schema.graphql\`, parsed. */
export const document: DocumentNode = JSON.parse(
  ${JSON.stringify(document)},
)
`
}

/**
 * The list of operations in the format of Apollo's tools:
 * https://www.apollographql.com/docs/graphos/platform/security/persisted-queries
 */
function manifestOf(operations: readonly ClientOperation[]): string {
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`
}

/**
 * TypeScript by one plugin of graphql-codegen. Types of the schema and of resolvers are two files: the latter import
 * our own types.
 */
function typesBy(filename: string, schema: GraphQLSchema, pluginMap: Parameters<typeof codegen>[0]['pluginMap']) {
  return codegen({
    filename,
    schema: parse(printSchema(schema)),
    documents: [],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      scalars: { ID: 'string', DateTime: 'string' },
      contextType: '../resolvers/context.ts#Context',
      mappers,
      makeResolverTypeCallable: true,
      namespacedImportName: 'Schema',
    },
    plugins: Object.keys(pluginMap).map((name) => ({ [name]: {} })),
    pluginMap,
  })
}

const operationsHeader = '/** The listed operations, by the SHA-256 of their exact text. */'

/**
 * The text of each generated file by its name. Throws for an invalid schema, which `executableSchema` does not
 * validate.
 */
export async function generate(): Promise<Readonly<Record<string, string>>> {
  const sdl = readFileSync(source, 'utf8')
  const schema = buildSchema(sdl)
  assertValidSchema(schema)
  // Resolvers may return null only where clients find it without an error.
  const strict = semanticToStrict(schema)
  const types = await typesBy('types.ts', strict, { typescript })
  const resolverTypes = await typesBy('resolver-types.ts', strict, { resolvers })
  const listed = clientOperations(schema, readOperationFiles(operationFiles))
  const list = JSON.stringify(listOperations(listed.map(({ body }) => body)), null, 2)
  return {
    'types.ts': types + objectTypes(schema),
    'resolver-types.ts': `import type * as Schema from './types.ts'\n${resolverTypes}`,
    'schema-document.ts': documentOf(sdl),
    'non-null-levels.ts': `${levelsHeader}\nexport const nonNullLevels: Readonly<Record<string, readonly number[]>> = ${JSON.stringify(Object.fromEntries(levelsOf(schema)), null, 2)}\n`,
    'operations.ts': `${operationsHeader}\nexport const operations = ${list}\n`,
    'operations.json': manifestOf(listed),
  }
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(await generate())) writeFileSync(new URL(name, target), text)
}
