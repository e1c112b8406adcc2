/** Writes `src/generated/`: the types of `schema.graphql`, its document as a module, and the listed operations. Run by `npm run generate`; a test fails when a file is stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { listOperations } from '@fieldnotes/policy/persisted'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import {
  assertValidSchema,
  buildSchema,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  parse,
  printSchema,
} from 'graphql'
import { type ClientOperation, clientOperations, readOperationFiles } from './client-operations.ts'

const source = new URL('../src/schema.graphql', import.meta.url)
const operationFiles = new URL('../operations/', import.meta.url)
const target = new URL('../src/generated/', import.meta.url)

/** Every object type by its name: what the table of rules must cover, field by field. */
function objectTypes(schema: GraphQLSchema): string {
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .map((type) => `  ${type.name}: ${type.name};\n`)
  return `\nexport type ObjectTypes = {\n${names.join('')}};\n`
}

/** What resolvers hand on in the place of these types. */
const mappers = {
  Note: '../notes/note.ts#Note as NoteModel',
  NoteConnection: '../notes/pages.ts#NotePage as NotePageModel',
  NoteEdge: '../notes/pages.ts#NoteEntry as NoteEntryModel',
  NoteGone: '../notes/sync/delta-sync.ts#NoteGone as NoteGoneModel',
  Share: '../notes/note.ts#Share as ShareModel',
  User: '../people/person.ts#Person as PersonModel',
}

/** Parsed ahead: reading the text would take a fifth of a cold start. Text of JSON is read faster than a literal. */
function documentOf(sdl: string): string {
  const document = JSON.stringify(parse(sdl, { noLocation: true }))
  return `import type { DocumentNode } from 'graphql'

/** What \`parse\` makes of \`schema.graphql\`, so that no start has to. */
export const document: DocumentNode = JSON.parse(
  ${JSON.stringify(document)},
)
`
}

/** The same list for the builds of clients, in the format that Apollo's tools read: https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
function manifestOf(operations: readonly ClientOperation[]): string {
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`
}

/** The text of each generated file by its name, as it should be. Throws for a schema that is not valid: whoever builds it takes the document on trust. */
export async function generate(): Promise<Readonly<Record<string, string>>> {
  const sdl = readFileSync(source, 'utf8')
  const schema = buildSchema(sdl)
  assertValidSchema(schema)
  const types = await codegen({
    filename: 'types.ts',
    schema: parse(printSchema(schema)),
    documents: [],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      scalars: { ID: 'string', DateTime: 'string' },
      contextType: '../resolvers/context.ts#Context',
      mappers,
      makeResolverTypeCallable: true,
    },
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  })
  const listed = clientOperations(schema, readOperationFiles(operationFiles))
  const list = JSON.stringify(listOperations(listed.map(({ body }) => body)), null, 2)
  return {
    'types.ts': types + objectTypes(schema),
    'document.ts': documentOf(sdl),
    'operations.ts': `/** What clients were built with, by SHA-256 of the exact text. */\nexport const operations = ${list}\n`,
    'operations.json': manifestOf(listed),
  }
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(await generate())) writeFileSync(new URL(name, target), text)
}
