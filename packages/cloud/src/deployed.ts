import type { BuildRequest } from './bundle.ts'

/** How `infra/graphql.ts` and `infra/pre-token.ts` have the two functions built. Tests hold these against what SST was really asked. */
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

/** Named by SST, for the user pool's trigger. */
export const preToken: BuildRequest = {
  functionID: 'UsersTriggerpreTokenGeneration',
  handler: 'packages/api/src/pre-token.handler',
  runtime: 'nodejs24.x',
  properties: { minify: true },
}
