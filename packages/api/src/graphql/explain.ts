/** In development every answer says, field by field, what decided and what was missing. A deployed stage has no such words. */
import type { ApolloServerPlugin } from '@apollo/server'
import { type Explained, explaining, explanationOf } from '@fieldnotes/policy/explain'
import type { Context } from '../resolvers/context.ts'
import { rules } from '../rules.ts'
import type { Explanation } from './apollo-server.ts'
import { undecidedSchema } from './schema.ts'

/** One line of `extensions.authorization`. */
export interface Line {
  /** Where in the answer, such as `note.owner.email`. */
  readonly path: string
  /** Which rule, such as `User.email`. */
  readonly field: string
  readonly decision: 'allowed' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'UNAVAILABLE'
  /** The name of the rule that decided. */
  readonly by: string
  /** The rules of which one more would have been needed. */
  readonly missing?: readonly string[]
  /** What they found. */
  readonly found?: readonly string[]
}

function lineOf({ path, place, decision, found }: Explained): Line {
  const { leaf } = decision
  if (decision.allowed) return { path, field: place, decision: 'allowed', by: leaf }
  const { code, missing } = decision
  return { path, field: place, decision: code, by: leaf, missing, ...(found.length > 0 && { found }) }
}

/** Puts the explanation into `extensions.authorization`. What it explains ran on the explaining schema. */
function explained(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ contextValue, response: { body } }) {
          if (body.kind !== 'single') return
          const authorization = explanationOf(contextValue).map(lineOf)
          body.singleResult.extensions = { ...body.singleResult.extensions, authorization }
        },
      }
    },
  }
}

/** For a developer's machine: answers from a schema that keeps why it decided. A deployed handler is not even handed it. */
export function explanation(): Explanation {
  const schema = explaining(undecidedSchema(), rules)
  return { schemaFor: () => schema, plugins: [explained()] }
}
