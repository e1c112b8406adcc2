/** What Lambda calls. */
import { readConfig } from './config.ts'
import { createHandler } from './server.ts'

export const handler = createHandler(readConfig())
