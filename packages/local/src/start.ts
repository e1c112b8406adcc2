/** `npm start`: the cloud on a laptop, until Ctrl-C. */
import type { Config } from '@fieldnotes/api/config'
import { createLog } from '@fieldnotes/core/log'
import { startCloud } from './cloud.ts'
import { runCommand } from './complaint.ts'
import { defaultFolder, parseEndpoint, parseExecutor, parseFlags, parsePort } from './flags.ts'
import { addedIssuers } from './issuers/added-issuers.ts'

const help = `npm start -- [options]

  --ephemeral     keep nothing: the notes are gone when it ends
  --data FOLDER   the data folder, .local unless said
  --issuers FILE  JSON of OpenID Connect issuers that are trusted too (docs/add-an-issuer.md)
  --help          this text

  PORT                 the port on 127.0.0.1, 4000 unless said
  DYNAMODB_ENDPOINT    another DynamoDB than the embedded one
  FIELDNOTES_EXECUTOR  plans, or graphql-js for its own execute; plans unless said
  FIELDNOTES_ISSUERS   the JSON itself, in place of --issuers
`

const options = {
  ephemeral: { type: 'boolean' },
  data: { type: 'string' },
  issuers: { type: 'string' },
  help: { type: 'boolean' },
} as const

const { env } = process
function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
const log = createLog(print)

/** Whoever read our lines may be gone; that is no reason to stop serving. */
process.stdout.on('error', () => {})

function welcome(url: string): string {
  return `
Fieldnotes runs. Ctrl-C ends it.

  GraphQL    POST ${url}/graphql
  GraphiQL   ${url}/
  health     ${url}/health
  a token    npm run -s token -- --issuer cognito --as alice
`
}

/** Resolves when we are asked to end: by Ctrl-C, by a signal, or by the death of the npm that started us, which can't pass a kill -9 on. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    if (env.npm_lifecycle_event !== 'start') return
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && resolve(), 300).unref()
  })
}

/** The same code as on Lambda, which takes half a second to load. */
async function handlerOf(config: Config) {
  const [{ createHandler }, { explanation }] = await Promise.all([
    import('@fieldnotes/api/server'),
    import('@fieldnotes/api/explain'),
  ])
  return createHandler(config, { loopbackIssuers: 'trust', environment: env, log, explanation })
}

await runCommand(async () => {
  const flags = parseFlags(process.argv.slice(2), options, 'npm start -- --help')
  if (flags.help) return print(help)
  const asked = untilAsked()
  const endpoint = parseEndpoint(env.DYNAMODB_ENDPOINT)
  const cloud = await startCloud({
    port: parsePort(env.PORT),
    folder: flags.data ?? defaultFolder,
    ephemeral: flags.ephemeral ?? false,
    endpoint,
    issuers: addedIssuers(flags.issuers, env.FIELDNOTES_ISSUERS),
    executor: parseExecutor(env.FIELDNOTES_EXECUTOR),
    region: env.AWS_REGION || 'eu-west-1',
    log,
    createHandler: handlerOf,
  })
  print(welcome(cloud.url))
  await asked
  await cloud.stop()
  process.exit()
})
