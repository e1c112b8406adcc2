/** `npm start`: runs the cloud on a laptop until Ctrl-C. */
import type { Config } from '@fieldnotes/api/config'
import type { Config as AuthorizerConfig } from '@fieldnotes/authorizer/config'
import { createLog } from '@fieldnotes/core/log'
import { type EndpointParts, startCloud } from './cloud.ts'
import { defaultFolder, parseFlags } from './flags.ts'
import { addedIssuers } from './issuers/added-issuers.ts'
import { poolPath } from './issuers/token-claims.ts'
import {
  parseApiKeyDemand,
  parseChallengeHeader,
  parseDecisionSample,
  parseEndpoint,
  parseExecutor,
  parseGroupMode,
  parsePort,
} from './parse-settings.ts'
import { runCommand } from './usage-error.ts'

const help = `npm start -- [options]

  --ephemeral     store nothing: the notes are lost when it ends
  --data FOLDER   the data folder, .local by default
  --issuers FILE  JSON of OpenID Connect issuers that are trusted too (docs/add-an-issuer.md)
  --help          this text

  PORT                 the port on 127.0.0.1, 4000 by default
  FIELDNOTES_API_KEYS  demanded: a token without an API key is refused; optional by default (docs/api-keys.md)
  DYNAMODB_ENDPOINT    another DynamoDB than the embedded one
  FIELDNOTES_DECISION_SAMPLE
                       the share of the requests whose decisions the log records: 0.001, 0.01, 0.1 or 1; none by default
  FIELDNOTES_EXECUTOR  plans, or graphql-js for its own execute; plans by default
  FIELDNOTES_GROUPS    governed: a person in no group with a policy has no scopes; open by default
                       (npm run -s admin -- groups --help)
  FIELDNOTES_ISSUERS   the JSON itself, in place of --issuers
  FIELDNOTES_CHALLENGE_HEADER
                       www-authenticate, or x-amzn-remapped-www-authenticate: the name that API Gateway may give it
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

/** The reader of standard output may have ended; the cloud keeps serving. */
process.stdout.on('error', () => {})

function welcome(url: string): string {
  return `
Fieldnotes runs. Ctrl-C ends it.

  GraphQL    POST ${url}/graphql
  GraphiQL   ${url}/graphiql
  signed     POST ${url}/iam/graphql
  health     ${url}/health
  sign in    ${url}/session/login
  user pool  ${url}${poolPath}
  Firebase   connectAuthEmulator(auth, '${url}')
  mailbox    ${url}/mailbox
  a token    npm run -s token -- --issuer cognito --as alice
`
}

/** Resolves on Ctrl-C, on a signal, or when the npm that started this process is gone: npm can't forward a SIGKILL. */
function untilEnded(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    if (env.npm_lifecycle_event !== 'start') return
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && resolve(), 300).unref()
  })
}

/** Loads the deployed code, which takes half a second. */
async function handlerOf(config: Config, parts: EndpointParts) {
  const [{ createHandler }, { explanation }] = await Promise.all([
    import('@fieldnotes/api/server'),
    import('@fieldnotes/api/explain'),
  ])
  return createHandler(config, { loopbackIssuers: 'trust', environment: env, log, explanation, ...parts })
}

/** Loads the authorizer, the first of the two locks. */
async function authorizerOf(config: AuthorizerConfig) {
  const { createAuthorizer } = await import('@fieldnotes/authorizer/authorizer')
  return createAuthorizer(config, { loopbackIssuers: 'trust', environment: env, log })
}

await runCommand(async () => {
  const flags = parseFlags(process.argv.slice(2), options, 'npm start -- --help')
  if (flags.help) return print(help)
  const ended = untilEnded()
  const endpoint = parseEndpoint(env.DYNAMODB_ENDPOINT)
  const cloud = await startCloud({
    port: parsePort(env.PORT),
    folder: flags.data ?? defaultFolder,
    ephemeral: flags.ephemeral ?? false,
    endpoint,
    issuers: addedIssuers(flags.issuers, env.FIELDNOTES_ISSUERS),
    executor: parseExecutor(env.FIELDNOTES_EXECUTOR),
    groups: parseGroupMode(env.FIELDNOTES_GROUPS),
    apiKeys: parseApiKeyDemand(env.FIELDNOTES_API_KEYS),
    decisionSample: parseDecisionSample(env.FIELDNOTES_DECISION_SAMPLE),
    challengeHeader: parseChallengeHeader(env.FIELDNOTES_CHALLENGE_HEADER),
    region: env.AWS_REGION || 'eu-west-1',
    log,
    createHandler: handlerOf,
    createAuthorizer: authorizerOf,
  })
  print(welcome(cloud.url))
  await ended
  await cloud.stop()
  process.exit()
})
