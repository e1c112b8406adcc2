/** The links of a deployed stage, as `sst shell` puts them into the environment of a command. */
import { type GroupMode, groupModes } from '@fieldnotes/core/group-policy'
import { parseOidcIssuers } from '@fieldnotes/core/oidc-issuers'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { linked, stageOfShell } from '../stage/links.ts'
import { CommandFailed } from '../usage-error.ts'

/**
 * The table Access of the stage.
 * @throws CommandFailed when the environment is another stage's, or has no such table
 */
export function stageAccess(stage: string, environment: NodeJS.ProcessEnv): TableConfig {
  const shell = stageOfShell(environment)
  if (shell !== stage) throw new CommandFailed(`This shell has the links of ${shell ?? 'no stage'}, not of ${stage}.`)
  const { accessTableName: name, region } = linked(environment, 'Notes')
  const endpoint = environment.AWS_ENDPOINT_URL_DYNAMODB || environment.AWS_ENDPOINT_URL
  if (typeof name === 'string' && typeof region === 'string') return { name, region, ...(endpoint && { endpoint }) }
  throw new CommandFailed(`The stage ${stage} has no table Access: it was deployed before there was one, or never.`)
}

/**
 * Names of the issuers that the stage trusts, as `packages/api/src/config/parse-config.ts` names them.
 * @throws CommandFailed when the links have no readable list: the stage's function refuses to start with it too
 */
export function stageIssuerNames(stage: string, environment: NodeJS.ProcessEnv): readonly string[] {
  const { firebaseProject, fieldnotesIssuer, issuers: others } = linked(environment, 'Notes')
  const { issuers, faults } = parseOidcIssuers(String(others ?? ''), 'deployed')
  if (faults.length > 0) throw new CommandFailed(`The issuers of ${stage} can't be read: ${faults.join('; ')}.`)
  return [
    'cognito',
    ...(firebaseProject ? ['firebase'] : []),
    ...(fieldnotesIssuer ? ['fieldnotes'] : []),
    ...issuers.map(({ name }) => name),
  ]
}

/** What holds on the stage for a person who is in no group with a policy; `open` where the links do not say it. */
export function stageGroupMode(environment: NodeJS.ProcessEnv): GroupMode {
  const { groups } = linked(environment, 'Notes')
  return groupModes.find((mode) => mode === groups) ?? 'open'
}
