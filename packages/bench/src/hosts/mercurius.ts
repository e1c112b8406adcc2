/** Mercurius on Fastify, behind Fastify's own Lambda integration; `jit: 1` enables its compiler. */
import lambda from '@fastify/aws-lambda'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import mercurius from 'mercurius'
import auth from 'mercurius-auth'
import type { Engine, Handler } from '../contract/peer.ts'
import { type Context, callerOf } from '../world/callers.ts'
import { operationOf } from '../world/operations.ts'
import { resolvers } from '../world/resolvers.ts'
import { type Demand, demands } from '../world/rules.ts'
import { sdl } from '../world/schema.ts'

function directive(needs: readonly Demand[]) {
  return needs.length > 0 ? `@auth(requires: [${needs.map((demand) => `"${demand}"`).join(', ')}])` : ''
}

const typeDefs = `directive @auth(requires: [String!]!) on OBJECT | FIELD_DEFINITION\n${sdl(directive)}`

interface AuthDirective {
  readonly arguments: readonly [{ readonly value: { readonly values: readonly { readonly value: Demand }[] } }]
}

async function server(jit: 0 | 1, principal: (request: FastifyRequest) => Context): Promise<FastifyInstance> {
  const app = fastify()
  await app.register(mercurius, { schema: typeDefs, resolvers: resolvers as never, jit, context: principal as never })
  await app.register(
    auth as never,
    {
      authContext: ({ principal }: Context) => ({ principal }),
      authDirective: 'auth',
      applyPolicy: (needs: unknown, parent: object, _args: unknown, context: { auth?: Context }) =>
        allows(needs as AuthDirective, parent, context.auth),
    } as never,
  )
  return app
}

function allows({ arguments: [requires] }: AuthDirective, parent: object, context: Context | undefined): boolean {
  if (!context) return false
  for (const { value } of requires.value.values) if (!demands[value](context.principal, parent)) return false
  return true
}

/** A Lambda handler of Mercurius with its auth plugin. */
export async function onMercurius(jit: 0 | 1): Promise<Handler> {
  const app = await server(jit, ({ headers }) => ({ principal: callerOf(headers.authorization) }))
  const proxy = lambda(app)
  await app.ready()
  return proxy as unknown as Handler
}

/** Mercurius without HTTP: from query text to answer. */
export async function mercuriusEngine(jit: 0 | 1): Promise<Engine> {
  const app = await server(jit, () => ({ principal: callerOf(undefined) }))
  await app.ready()
  return (name, context) => {
    const { query, variables } = operationOf(name)
    return app.graphql(query, { ...context }, variables)
  }
}
