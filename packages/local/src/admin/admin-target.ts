/** What the operators' command works on: the laptop's running cloud, or a deployed stage. */
import type { GroupMode } from '@fieldnotes/core/group-policy'
import type { TableConfig } from '@fieldnotes/table/table-config'
import { runningGroupMode } from '../group-mode-file.ts'
import { runningIssuerNames, runningIssuers } from '../issuers/issuers-file.ts'
import type { LocalIssuer } from '../issuers/local-issuers.ts'
import { runningTables } from '../tables.ts'
import { CommandFailed } from '../usage-error.ts'
import { stageAccess, stageGroupMode, stageIssuerNames } from './stage-links.ts'

/** Where a command reads and writes. */
export interface AdminTarget {
  /** `laptop`, or the name of the stage, as printed. */
  readonly name: string
  readonly access: TableConfig
  /** The laptop's issuers, whose people have names. A stage has none. */
  readonly issuers: readonly LocalIssuer[]
  /** What holds for a person who is in no group with a policy. */
  readonly groupMode: () => GroupMode
  /** Names of every issuer that the target trusts. @throws CommandFailed when they can't be read */
  readonly issuerNames: () => readonly string[]
}

/** The cloud that uses `folder` now. @throws CommandFailed when none runs there */
export function laptopTarget(folder: string): AdminTarget {
  const tables = runningTables(folder)
  if (!tables) throw new CommandFailed(`No cloud uses ${folder} now. Start one with npm start, or say --stage NAME.`)
  const issuerNames = () => runningIssuerNames(folder)
  const groupMode = () => runningGroupMode(folder) ?? 'open'
  return { name: 'laptop', access: tables.access, issuers: runningIssuers(folder) ?? [], issuerNames, groupMode }
}

/** A deployed stage, inside of `sst shell`. @throws CommandFailed when the stage has no table of this kind */
export function stageTarget(stage: string, environment: NodeJS.ProcessEnv): AdminTarget {
  const issuerNames = () => stageIssuerNames(stage, environment)
  const groupMode = () => stageGroupMode(environment)
  return { name: stage, access: stageAccess(stage, environment), issuers: [], issuerNames, groupMode }
}
