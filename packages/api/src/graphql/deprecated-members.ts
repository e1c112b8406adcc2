/** Deprecated members of a schema that an operation uses, as schema coordinates. */
import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql'

interface Member {
  readonly deprecationReason?: string | null | undefined
}

function isDeprecated(member: Member | null | undefined): boolean {
  return member?.deprecationReason != null
}

type NamedType = ReturnType<GraphQLSchema['getTypeMap']>[string]

function outputMembersOf(type: NamedType): readonly Member[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [field, ...field.args])
}

function inputMembersOf(type: NamedType): readonly Member[] {
  if (isInputObjectType(type)) return Object.values(type.getFields())
  return isEnumType(type) ? type.getValues() : []
}

/** Whether a schema has deprecated members at all, and such that a variable can contain: input fields, enum values. */
export function deprecatedKinds(schema: GraphQLSchema): { readonly any: boolean; readonly inVariables: boolean } {
  const types = Object.values(schema.getTypeMap())
  const inVariables = types.flatMap(inputMembersOf).some(isDeprecated)
  return { any: inVariables || types.flatMap(outputMembersOf).some(isDeprecated), inVariables }
}

/** The field of the type where it is selected, and of each type that the object can have. */
function fieldsAt(
  schema: GraphQLSchema,
  info: TypeInfo,
): readonly (readonly [string, GraphQLField<unknown, unknown>])[] {
  const [type, field] = [info.getParentType(), info.getFieldDef()]
  if (!type || !field) return []
  const objects = isInterfaceType(type) ? schema.getPossibleTypes(type) : []
  return [type, ...objects].flatMap((each) => {
    const own = 'getFields' in each ? each.getFields()[field.name] : undefined
    return own ? [[`${each.name}.${field.name}`, own] as const] : []
  })
}

/** The coordinate of a member of an input object, or of a value of an enum, if it is deprecated. */
function deprecatedInput(type: unknown, name: string): readonly string[] {
  const member = isInputObjectType(type) ? type.getFields()[name] : isEnumType(type) ? type.getValue(name) : undefined
  return isDeprecated(member) ? [`${String(type)}.${name}`] : []
}

/**
 * The coordinates of deprecated members in the text of an operation and its fragments, each once. The document must be
 * valid.
 */
export function deprecatedIn(schema: GraphQLSchema, document: DocumentNode, name = ''): readonly string[] {
  const info = new TypeInfo(schema)
  const found = new Set<string>()
  const add = (coordinates: readonly string[]) => {
    for (const each of coordinates) found.add(each)
  }
  const visitor = {
    Field: () => add(fieldsAt(schema, info).flatMap(([at, field]) => (isDeprecated(field) ? [at] : []))),
    Argument: () => {
      const argument = info.getDirective() ? undefined : info.getArgument()?.name
      const isUsed = (field: GraphQLField<unknown, unknown>) =>
        isDeprecated(field.args.find((each) => each.name === argument))
      add(fieldsAt(schema, info).flatMap(([at, field]) => (isUsed(field) ? [`${at}(${argument}:)`] : [])))
    },
    ObjectField: (node: { readonly name: { readonly value: string } }) =>
      add(deprecatedInput(getNamedType(info.getParentInputType()), node.name.value)),
    EnumValue: (node: { readonly value: string }) =>
      add(deprecatedInput(getNamedType(info.getInputType()), node.value)),
  }
  visit(separateOperations(document)[name] ?? document, visitWithTypeInfo(info, visitor))
  return [...found]
}

function membersOf(type: GraphQLInputType, value: unknown): readonly string[] {
  if (value === null || value === undefined) return []
  if (isNonNullType(type)) return membersOf(type.ofType, value)
  if (isListType(type)) return (Array.isArray(value) ? value : [value]).flatMap((item) => membersOf(type.ofType, item))
  if (isEnumType(type)) return deprecatedInput(type, String(value))
  if (!isInputObjectType(type)) return []
  const fields = type.getFields()
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    return field ? [...deprecatedInput(type, name), ...membersOf(field.type, inner)] : []
  })
}

/** The coordinates of deprecated input fields and enum values in variables that the operation accepted. */
export function deprecatedInVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  return variableDefinitions.flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node)
    return isInputType(type) ? membersOf(type, variables[variable.name.value]) : []
  })
}
