import type { BuildRequest } from './bundle.ts'

/** Build inputs of the endpoint, as `infra/graphql.ts` sets them. Tests compare all of these with SST's own. */
export const deployed: BuildRequest = {
  functionID: 'Graphql',
  handler: 'packages/api/src/handler.handler',
  runtime: 'nodejs24.x',
  properties: {
    minify: true,
    splitting: true,
    esbuild: {
      define: { 'process.env.NODE_ENV': '"production"' },
      external: ['./plugin/*'],
    },
  },
}

/** The trigger of the user pool. SST generates its name. */
export const preToken: BuildRequest = {
  functionID: 'UsersTriggerpreTokenGeneration',
  handler: 'packages/api/src/pre-token.handler',
  runtime: 'nodejs24.x',
  properties: { minify: true },
}

/** The authorizer of the gateway, as `infra/authorizer.ts` sets it. */
export const authorizer: BuildRequest = {
  functionID: 'Authorizer',
  handler: 'packages/authorizer/src/handler.handler',
  runtime: 'nodejs24.x',
  properties: {
    minify: true,
    splitting: true,
    esbuild: { define: { 'process.env.NODE_ENV': '"production"' } },
  },
}

/** The issuer, as `infra/issuer.ts` sets it. */
export const issuer: BuildRequest = {
  functionID: 'Issuer',
  handler: 'packages/issuer/src/handler.handler',
  runtime: 'nodejs24.x',
  properties: {
    minify: true,
    splitting: true,
    esbuild: { define: { 'process.env.NODE_ENV': '"production"' }, external: ['mime-db'] },
  },
  copyFiles: [{ from: 'packages/issuer/bundle/mime-db', to: 'node_modules/mime-db' }],
}

/** The function that signs in, as `infra/session.ts` sets it. */
export const session: BuildRequest = {
  functionID: 'Session',
  handler: 'packages/session/src/handler.handler',
  runtime: 'nodejs24.x',
  properties: authorizer.properties ?? {},
}

/** The function that a schedule calls, as `infra/session-inform.ts` sets it. */
export const inform: BuildRequest = {
  functionID: 'Inform',
  handler: 'packages/session/src/inform-handler.handler',
  runtime: 'nodejs24.x',
  properties: authorizer.properties ?? {},
}

/** The entry of browser sessions, with the endpoint in it. */
export const entry: BuildRequest = {
  functionID: 'Entry',
  handler: 'packages/session/src/entry-handler.handler',
  runtime: 'nodejs24.x',
  properties: deployed.properties ?? {},
}

/** The downstream service, as `infra/exporter.ts` sets it. */
export const exporter: BuildRequest = {
  functionID: 'Exporter',
  handler: 'packages/exporter/src/handler.handler',
  runtime: 'nodejs24.x',
  properties: authorizer.properties ?? {},
}
