/** A running API with the apps of its user pool: what a command needs to get a token and to send requests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type OidcIssuerSetting, parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import { runningIssuers } from '../issuers/issuers-file.ts'
import { issuerNamed } from '../issuers/local-issuers.ts'
import { clientId, machineClientId } from '../issuers/token-claims.ts'
import { CommandFailed } from '../usage-error.ts'
import { linked, stageOfShell } from './links.ts'

/** A program's client of the user pool. */
export interface Machine {
  readonly id: string
  readonly secret: string
}

/** A running API. */
export interface Target {
  /** `laptop`, or the name of the stage, as printed. */
  readonly name: string
  /** URL of the GraphQL endpoint. */
  readonly endpoint: string
  /** Id of the user pool: the last part of its issuer. */
  readonly userPool: string
  /** Client of the web app. */
  readonly webClient: string
  /** Redirect URIs of the web app at this machine. Port 0 is any free port. */
  readonly redirects: readonly string[]
  /** Origins whose pages may read responses. */
  readonly origins: readonly string[]
  /** Whether the gateway itself refuses a bad token: a 403 without a challenge (`FIELDNOTES_GATE_DENIES`). */
  readonly gateDenies: boolean
  /** Issuers by its settings (`FIELDNOTES_ISSUERS`), with an audience of their own. Those of a laptop are not known. */
  readonly issuers: readonly OidcIssuerSetting[]
  /** Undefined where the stage has no client for programs. */
  readonly machine: Machine | undefined
}

/** The cloud that uses `folder` now. @throws CommandFailed when none runs there */
export function laptop(folder: string): Target {
  const issuers = runningIssuers(folder)
  if (!issuers) throw new CommandFailed(`No cloud uses ${folder} now. Start one with npm start, or say --stage NAME.`)
  const { origin, pathname } = new URL(issuerNamed(issuers, 'cognito').issuer)
  const { clients } = JSON.parse(readFileSync(join(folder, 'clients.json'), 'utf8')) as Listed
  const secret = clients.find(({ client_id }) => client_id === machineClientId)?.client_secret
  return {
    name: 'laptop',
    endpoint: `${origin}/graphql`,
    userPool: pathname.slice(pathname.lastIndexOf('/') + 1),
    webClient: clientId,
    redirects: ['http://localhost:0/callback'],
    origins: [origin],
    gateDenies: false,
    issuers: [],
    machine: secret === undefined ? undefined : { id: machineClientId, secret },
  }
}

interface Listed {
  readonly clients: readonly { readonly client_id: string; readonly client_secret?: string }[]
}

/**
 * A deployed stage, inside of `sst shell`.
 * @throws CommandFailed when the environment is another stage's, or the stage has no link `Apps`
 */
export function stageTarget(stage: string, environment: NodeJS.ProcessEnv): Target {
  const shell = stageOfShell(environment)
  if (shell !== stage) throw new CommandFailed(`This shell has the links of ${shell ?? 'no stage'}, not of ${stage}.`)
  const { machineClient, machineSecret, ...link } = linked(environment, 'Apps')
  const notes = linked(environment, 'Notes')
  const [endpoint, userPool, webClient] = [link.endpoint, link.userPool, link.webClient]
  if (typeof endpoint !== 'string' || typeof userPool !== 'string' || typeof webClient !== 'string')
    throw new CommandFailed(
      `The stage ${stage} has no link Apps: it was deployed before there was one. Deploy it again.`,
    )
  return {
    ...{ name: stage, endpoint, userPool, webClient },
    redirects: textsOf(link.redirects),
    origins: textsOf(link.origins),
    gateDenies: notes.gateDenies === 'on',
    issuers: parseOidcIssuers(String(notes.issuers ?? ''), 'deployed').issuers,
    machine: machineClient && machineSecret ? { id: String(machineClient), secret: String(machineSecret) } : undefined,
  }
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}
