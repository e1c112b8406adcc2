/**
 * Tests of `http` in one file for mutation runs: loading many files takes longer than running them. Those of
 * `content-coding.ts` compress megabytes, and are not included.
 */
import './http/execute.test.ts'
import './http/gateway-event.test.ts'
import './http/mutation-by-get.test.ts'
import './http/query-string.test.ts'
import './http/request-body.test.ts'
import './http/responses.test.ts'
import './http/select-route.test.ts'
import './http/two-locks.test.ts'
