import type { BuildRequest } from './bundle.ts'

/** How `infra/graphql.ts` has the function built. A test holds this against what SST was really asked. */
export const deployed: BuildRequest = {
  functionID: 'Graphql',
  handler: 'packages/api/src/handler.handler',
  runtime: 'nodejs24.x',
  properties: {
    minify: true,
    splitting: true,
    esbuild: {
      define: { 'process.env.NODE_ENV': '"production"' },
      external: ['@apollo/usage-reporting-protobuf', '@apollo/utils.usagereporting'],
    },
  },
}
