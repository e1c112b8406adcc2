/** Explanations, in development only: for every field of a response, the rule that decided and what was missing. */
import type { ApolloServerPlugin } from '@apollo/server'
import type { Principal } from '@fieldnotes/core/principal'
import { type ExplainedField, explanationOf } from '@fieldnotes/policy/explained-fields'
import { explaining } from '@fieldnotes/policy/explaining-schema'
import { has } from '@fieldnotes/policy/rules'
import type { RemedyOptions } from '@fieldnotes/policy/table-remedies'
import { remediesFor } from '../remedy-options.ts'
import type { Context } from '../resolvers/context.ts'
import { rules } from '../rules.ts'
import type { Explanation } from './apollo-server.ts'
import { unguardedSchema } from './schema.ts'
import { withNullChecks } from './semantic-nullability.ts'

/** The decision of one field, in `extensions.authorization`. */
export interface Line {
  /** Path in the response, such as `note.owner.email`. */
  readonly path: string
  /** The field, such as `User.email`. */
  readonly field: string
  readonly decision: 'allowed' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'UNAVAILABLE'
  /** The name of the rule that decided. */
  readonly by: string
  /** The rules one of which would have allowed the field. */
  readonly missing?: readonly string[]
  /** What those rules read. */
  readonly found?: readonly string[]
}

function lineOf({ path, coordinate, decision, found: read }: ExplainedField, principal: Principal): Line {
  const { leaf } = decision
  if (decision.allowed) return { path, field: coordinate, decision: 'allowed', by: leaf }
  const { code, missing } = decision
  const found = [...read, ...withheldIn(missing, principal)]
  return { path, field: coordinate, decision: code, by: leaf, missing, ...(found.length > 0 && { found }) }
}

/** The missing scopes that the token has, and that policies of the person's groups took. */
function withheldIn(missing: readonly string[], principal: Principal): readonly string[] {
  if (principal.kind === 'anonymous') return []
  const withheld = [...(principal.withheldScopes ?? [])].filter((scope) => missing.includes(has(scope).name))
  return withheld.map((scope) => `scope ${scope} is withheld by the policies of the caller's groups`)
}

/** Adds `extensions.authorization`. The operation must run on the schema that records its decisions. */
function explained(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue, response: { body } }) {
          if (body.kind !== 'single') return
          const authorization = explanationOf(contextValue).map((field) => lineOf(field, contextValue.principal))
          body.singleResult.extensions = { ...body.singleResult.extensions, authorization }
        },
      }
    },
  }
}

/**
 * Schema and plugin that explain decisions. A laptop passes this function to the handler; a deployed handler has no
 * reference to it.
 * @param remedies as for `createSchema`
 */
export function explanation(remedies: RemedyOptions = remediesFor({ issuers: [] })): Explanation {
  const schema = explaining(withNullChecks(unguardedSchema()), rules, { remedies })
  return { schemaFor: () => schema, plugins: [explained()] }
}
