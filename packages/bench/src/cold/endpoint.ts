/** The deployed endpoint, with configuration from the parent process in place of SST's links. */
import type { Config } from '@fieldnotes/api/config'
import { createHandler } from '@fieldnotes/api/server'

const config = JSON.parse(process.env.BENCH_CONFIG ?? '{}') as Config

export const handler = createHandler(config, { loopbackIssuers: 'trust', environment: {}, log: () => {} })
