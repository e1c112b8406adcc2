/** GraphQL Yoga on AWS Lambda as its guide shows, without landing page, GraphiQL and logging. */
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda'
import type { GraphQLSchema } from 'graphql'
import { createYoga, type Plugin, type YogaServerOptions } from 'graphql-yoga'
import type { Engine, Handler } from '../contract/peer.ts'
import { type Context, callerOf } from '../world/callers.ts'
import { operationOf } from '../world/operations.ts'

interface ServerContext {
  readonly event: APIGatewayProxyEventV2
  readonly lambdaContext: LambdaContext
}

const quiet = { logging: false, graphiql: false, landingPage: false } as const

/** A Lambda handler of Yoga for this schema. */
export function onYoga(schema: GraphQLSchema, plugins: readonly Plugin[] = []): Handler {
  const yoga = createYoga<ServerContext, Context>({
    ...quiet,
    schema,
    plugins: [...plugins],
    context: ({ event }) => ({ principal: callerOf(event.headers.authorization) }),
  } as YogaServerOptions<ServerContext, Context>)
  return async (event, lambdaContext) => {
    const url = `${event.rawPath}?${event.rawQueryString}`
    const response = await yoga.fetch(new URL(url, 'https://example.com'), request(event), { event, lambdaContext })
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  }
}

function request(event: APIGatewayProxyEventV2): RequestInit {
  return {
    method: event.requestContext.http.method,
    headers: event.headers as Record<string, string>,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  }
}

/** Yoga's pipeline without HTTP: from query text to answer. */
export function enveloped(schema: GraphQLSchema, plugins: readonly Plugin[] = []): Engine {
  const yoga = createYoga({ ...quiet, schema, plugins: [...plugins] })
  return async (name, context) => {
    const { query, variables } = operationOf(name)
    const { parse, validate, contextFactory, execute, schema: enveloped } = yoga.getEnveloped(context)
    const document = parse(query)
    const errors = validate(enveloped, document)
    if (errors.length > 0) return { errors }
    return execute({ schema: enveloped, document, contextValue: await contextFactory(), variableValues: variables })
  }
}
