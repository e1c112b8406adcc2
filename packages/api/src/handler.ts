/** The Lambda function's entry. */
import { createLog } from '@fieldnotes/core/log'
import { environment } from '@fieldnotes/stage/links'
import { loadClient } from '@fieldnotes/table/connection'
import { readConfig } from './config/read-config.ts'
import { createHandler } from './server.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))

// An instance of provisioned concurrency starts before its first request, and loads the AWS SDK then.
if (environment.AWS_LAMBDA_INITIALIZATION_TYPE === 'provisioned-concurrency') await loadClient()

export const handler = createHandler(readConfig(), { loopbackIssuers: 'refuse', environment, log })
