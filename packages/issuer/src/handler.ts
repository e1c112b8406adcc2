/** The Lambda function's entry. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'
import { createHandler } from './create-handler.ts'
import { parseConfig } from './parse-config.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))

export const handler = createHandler(parseConfig(readLinks(['Notes', 'IssuerSettings', 'IssuerSignIn']), environment), {
  environment,
  log,
})
