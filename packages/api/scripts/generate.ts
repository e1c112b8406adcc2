/** Writes the types of `schema.graphql` to `src/generated/schema.ts`. Run by `npm run generate`; a test fails when the file is stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { codegen } from '@graphql-codegen/core'
import * as typescript from '@graphql-codegen/typescript'
import * as resolvers from '@graphql-codegen/typescript-resolvers'
import { buildSchema, type GraphQLSchema, isIntrospectionType, isObjectType, parse, printSchema } from 'graphql'

const source = new URL('../src/schema.graphql', import.meta.url)
const target = new URL('../src/generated/schema.ts', import.meta.url)

/** Every object type by its name: what the table of rules must cover, field by field. */
const objectTypes = (schema: GraphQLSchema): string => {
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .map((type) => `  ${type.name}: ${type.name};\n`)
  return `\nexport type ObjectTypes = {\n${names.join('')}};\n`
}

/** The text of the generated file, as it should be. */
export const generate = async (): Promise<string> => {
  const schema = buildSchema(readFileSync(source, 'utf8'))
  const types = await codegen({
    filename: 'schema.ts',
    schema: parse(printSchema(schema)),
    documents: [],
    config: {
      useTypeImports: true,
      enumsAsTypes: true,
      scalars: { ID: 'string', DateTime: 'string' },
      contextType: '../context.ts#Context',
      mappers: {},
      makeResolverTypeCallable: true,
    },
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript, resolvers },
  })
  return types + objectTypes(schema)
}

if (import.meta.main) writeFileSync(target, await generate())
