/**
 * The deployed authorizer, which opens and checks its sealed links as `packages/authorizer/src/handler.ts` does. The
 * parent process says where keys and revocations are, which are on this machine.
 */
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import type { Config } from '@fieldnotes/authorizer/config'
import type { AuthorizerEvent } from '@fieldnotes/authorizer/give-verdict'
import { parseConfig } from '@fieldnotes/authorizer/parse-config'
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'

const deployed = parseConfig(readLinks(['Notes']), environment)
const { BENCH_CONFIG = '{}' } = environment
const config: Config = { ...deployed, ...(JSON.parse(BENCH_CONFIG) as Partial<Config>) }
const log = createLog((line) => process.stdout.write(`${line}\n`))

const authorize = createAuthorizer(config, { loopbackIssuers: 'trust', environment: {}, log })

/** The verdict in the form of a response, as the runtime of the cold starts prints it. */
export async function handler(event: AuthorizerEvent): Promise<{ statusCode: number; body: string }> {
  return { statusCode: 200, body: JSON.stringify((await authorize(event)).context) }
}
