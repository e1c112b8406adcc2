/** The Lambda function that signs in: requests of the gateway, and refreshes for the entry. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'
import type { Context as Invocation } from 'aws-lambda'
import type { Event } from './http/event.ts'
import { createSessionFunction } from './session-function.ts'
import { createKmsKeys } from './stage/kms-keys.ts'
import { parseSessionConfig } from './stage/parse-config.ts'
import { answerRefresh, isRefreshCall } from './stage/refresh-call.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))
const links = readLinks(['Notes', 'SessionOrigin', 'SessionProvider', 'SessionIssuer', 'SessionKey'])
const { config, region, keyArn } = parseSessionConfig(links, environment)
const keys = createKmsKeys({ region, keyArn })
const session = createSessionFunction(config, { loopbackIssuers: 'refuse', environment, log, keys, issuerSignOuts: {} })

export function handler(event: Event | Parameters<typeof answerRefresh>[0], invocation: Invocation): Promise<unknown> {
  return isRefreshCall(event) ? answerRefresh(event, session.refresh) : session.handler(event, invocation)
}
