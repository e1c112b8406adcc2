/** The tests of `http`. */
import { loadTests } from './load-tests.ts'

loadTests({
  'http/graphql-route': () => import('../http/graphql-route.test.ts'),
  server: () => import('../server.test.ts'),
  'http/execute': () => import('../http/execute.test.ts'),
  'http/gateway-event': () => import('../http/gateway-event.test.ts'),
  'http/mutation-by-get': () => import('../http/mutation-by-get.test.ts'),
  'http/query-string': () => import('../http/query-string.test.ts'),
  'http/request-body': () => import('../http/request-body.test.ts'),
  'http/responses': () => import('../http/responses.test.ts'),
  'http/select-route': () => import('../http/select-route.test.ts'),
  'http/two-locks': () => import('../http/two-locks.test.ts'),
  'http/content-coding': () => import('../http/content-coding.test.ts'),
})
