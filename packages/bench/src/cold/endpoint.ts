/** The deployed endpoint, configured by the parent process instead of SST's links. */
import type { Config } from '@fieldnotes/api/config'
import { createHandler } from '@fieldnotes/api/server'

const config = JSON.parse(process.env.BENCH_CONFIG ?? '{}') as Config

export const handler = createHandler(config, { loopbackIssuers: 'trust', environment: {}, log: () => {} })
