/** The Lambda function's entry. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'
import { createAuthorizer } from './authorizer.ts'
import { parseConfig } from './parse-config.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))

export const handler = createAuthorizer(parseConfig(readLinks(['Notes']), environment), {
  loopbackIssuers: 'refuse',
  environment,
  log,
})
