/** What Lambda calls. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readConfig } from './config.ts'
import { createHandler } from './server.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))

export const handler = createHandler(readConfig(), { loopbackIssuers: 'refuse', environment, log })
