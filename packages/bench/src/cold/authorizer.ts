/** The deployed authorizer, configured by the parent process instead of SST's links. */
import { createAuthorizer } from '@fieldnotes/authorizer/authorizer'
import type { Config } from '@fieldnotes/authorizer/config'
import type { AuthorizerEvent } from '@fieldnotes/authorizer/give-verdict'

const config = JSON.parse(process.env.BENCH_CONFIG ?? '{}') as Config

const authorize = createAuthorizer(config, { loopbackIssuers: 'trust', environment: {}, log: () => {} })

/** The verdict in the form of a response, as the runtime of the cold starts prints it. */
export async function handler(event: AuthorizerEvent): Promise<{ statusCode: number; body: string }> {
  return { statusCode: 200, body: JSON.stringify((await authorize(event)).context) }
}
