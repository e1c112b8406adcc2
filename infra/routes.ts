import { type RouteRow, routeKeysOf } from '@fieldnotes/core/routes'
import { gate } from './authorizer'
import { exporter } from './exporter'
import { functions } from './functions'
import { gateway } from './gateway'
import { sessionFunctions } from './session'
import { stageRoutes } from './stage-routes'

/**
 * Authorizers of routes. A JWT authorizer of API Gateway supports one issuer. We trust several, and answer requests
 * without a token too, so `gate` is a function, and the functions behind it verify every token again.
 */
const authorizers: Readonly<Record<RouteRow['authorizer'], sst.aws.ApiGatewayV2RouteArgs>> = {
  none: {},
  gate: { auth: { lambda: gate.id } },
  // API Gateway verifies the signature (SigV4), and answers 403 itself.
  iam: { auth: { iam: true } },
}

/**
 * The check when SST runs this file, which removes types: a route without arguments would be open.
 * @throws Error for an authorizer without a row above
 */
function authorizerOf(path: string, { authorizer }: Pick<RouteRow, 'authorizer'>) {
  if (Object.hasOwn(authorizers, authorizer)) return authorizers[authorizer as keyof typeof authorizers]
  throw new Error(`infra/routes.ts has no authorizer ${authorizer}, which ${path} needs.`)
}

const everyFunction: Readonly<Record<string, sst.aws.Function>> = { ...functions, ...sessionFunctions, exporter }

/** @throws Error for a row whose function the stage does not have */
function targetOf(path: string, { function: name }: Pick<RouteRow, 'function'>) {
  const found = everyFunction[name]
  if (found) return found.targetArn
  throw new Error(`infra/routes.ts has no function ${name}, which ${path} needs.`)
}

/** The routes of the API, from the rows of `infra/stage-routes.ts`. */
export const routes = Object.entries(stageRoutes).flatMap(([path, row]) =>
  routeKeysOf({ path, ...row }).map((routeKey) =>
    gateway.route(routeKey, targetOf(path, row), authorizerOf(path, row)),
  ),
)
