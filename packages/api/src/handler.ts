/** What Lambda calls. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readConfig } from './config/read-config.ts'
import { createHandler } from './server.ts'
import { loadClient } from './store/table.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))

// Instances that are started ahead of requests keep nobody waiting: they load then what the first request would.
if (environment.AWS_LAMBDA_INITIALIZATION_TYPE === 'provisioned-concurrency') await loadClient()

export const handler = createHandler(readConfig(), { loopbackIssuers: 'refuse', environment, log })
