/** The Lambda function of `POST /session/graphql`: the entry, with the endpoint in the same process. */
import { createEnsureProfile } from '@fieldnotes/api/profiles'
import { readConfig } from '@fieldnotes/api/read-config'
import { createHandler } from '@fieldnotes/api/server'
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'
import { createEntry } from './entry.ts'
import type { Handler } from './http/event.ts'
import { parseEntryConfig } from './stage/parse-config.ts'
import { createRefreshCall } from './stage/refresh-call.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))
const shared = { loopbackIssuers: 'refuse', environment, log } as const
const links = readLinks(['Notes', 'SessionOrigin', 'SessionFunction'])
const { config, region, refreshFunction } = parseEntryConfig(links, environment)
const endpoint = readConfig()

export const handler: Handler = createEntry(config, {
  ...shared,
  graphql: createHandler({ ...endpoint, via: 'session' }, shared),
  refresh: createRefreshCall({ region, functionName: refreshFunction }),
  ensureProfile: createEnsureProfile(endpoint),
})
