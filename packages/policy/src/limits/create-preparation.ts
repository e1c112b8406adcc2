/** From the members of a request to the arguments of `execute`: for servers that parse and validate nothing. */
import { AppError } from '@fieldnotes/core/error'
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, specifiedRules, validate } from 'graphql'
import { requestError, statusIn } from '../decide/graphql-errors.ts'
import type { RuleContext } from '../rule/leaf.ts'
import { type AdmissionOptions, createAdmission } from './create-admission.ts'
import { limitsDefault, parseWithin, requestErrorsMax } from './document-limits.ts'

/** Arguments of `execute`. */
export interface PreparedArgs<Context extends RuleContext> extends ExecutionArgs {
  readonly operationName: string | null
  readonly variableValues: Readonly<Record<string, unknown>> | null
  readonly contextValue: Context
}

/** An operation that may be executed, or the response that replaces its execution. `status` is the HTTP status. */
export type Prepared<Context extends RuleContext> =
  | { readonly status: 200; readonly args: PreparedArgs<Context>; readonly errors?: undefined }
  | Refused

interface Refused {
  readonly status: number
  readonly args?: undefined
  readonly errors: readonly GraphQLError[]
}

/**
 * Checks a request for the principal of its context. It returns every refusal and throws none.
 * @param request the body as the client sent it, with `query`, `operationName` and `variables` (GraphQL over HTTP §5.1)
 */
export type Prepare = <Context extends RuleContext>(request: unknown, contextValue: Context) => Prepared<Context>

interface Members {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>> | null
}

const forms: Readonly<Record<keyof Members, readonly [fits: (value: unknown) => boolean, form: string]>> = {
  query: [(value) => typeof value === 'string' && value !== '', 'a text that is not empty'],
  operationName: [(value) => value === null || typeof value === 'string', 'a text'],
  variables: [(value) => typeof value === 'object' && !Array.isArray(value), 'an object'],
}

function refuseMember(what: string, form: string): never {
  throw requestError(new AppError('BAD_USER_INPUT', `${what}: not ${form}`, { message: `${what} must be ${form}.` }))
}

/** @throws GraphQLError BAD_USER_INPUT that names the first wrong member */
function membersOf(request: unknown): Members {
  if (typeof request !== 'object' || request === null) refuseMember('The request', 'an object')
  const { query, operationName = null, variables = null }: Partial<Record<keyof Members, unknown>> = request
  const members = { query, operationName, variables }
  for (const [name, [fits, form]] of Object.entries(forms))
    if (!fits(members[name as keyof Members])) refuseMember(`\`${name}\``, form)
  return members as Members
}

function refused(error: unknown): Refused {
  if (!(error instanceof GraphQLError)) throw error
  return { status: statusIn(error) ?? 400, errors: [error] }
}

/**
 * Checks requests in the order of the least work: the text, the document, validation, and what `createAdmission`
 * checks. `schema` may be that of `createPolicy`.
 * @throws PolicyError for a wrong option
 * @example
 * ```ts
 * import { anonymous } from '@fieldnotes/core/principal'
 * import { createPreparation } from '@fieldnotes/policy/create-preparation'
 * import { deny } from '@fieldnotes/policy/rules'
 * import { buildSchema, execute } from 'graphql'
 *
 * const schema = buildSchema('type Query { version: String }')
 * const prepare = createPreparation(schema, { cost: { costMax: 5000 }, introspection: deny })
 * const { status, args, errors } = prepare({ query: '{ version }' }, { principal: anonymous })
 * const answer = args ? await execute(args) : { errors }
 * ```
 */
export function createPreparation(schema: GraphQLSchema, options: AdmissionOptions): Prepare {
  const admit = createAdmission(options)
  const { limits = limitsDefault } = options
  return (request, contextValue) => {
    try {
      const { query, operationName, variables } = membersOf(request)
      const document = parseWithin(query, limits)
      const errors = validate(schema, document, specifiedRules, { maxErrors: requestErrorsMax })
      if (errors.length > 0) return { status: 400, errors }
      admit({ schema, document, operationName, variables }, contextValue?.principal)
      return { status: 200, args: { schema, document, operationName, variableValues: variables, contextValue } }
    } catch (error) {
      return refused(error)
    }
  }
}
