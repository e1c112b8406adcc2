/** All dangerous changes. */
import { alarmDangers } from './alarm-changes.ts'
import { authorizerDangers } from './authorizer-changes.ts'
import type { Danger } from './danger-row.ts'
import { exporterDangers } from './exporter-changes.ts'
import { functionDangers } from './function-changes.ts'
import { graphDangers } from './graph-changes.ts'
import { groupDangers } from './group-changes.ts'
import { identityDangers } from './identity-changes.ts'
import { issuerDangers } from './issuer-changes.ts'
import { keptDangers } from './kept-changes.ts'
import { limitDangers } from './limit-changes.ts'
import { sessionDangers } from './session-changes.ts'
import { stageAndResourceDangers } from './stage-and-resource-changes.ts'
import { tableAndGatewayDangers } from './table-and-gateway-changes.ts'

/** Dangerous changes that a review could miss. Each must fail a test. */
export const dangers: readonly Danger[] = [
  ...functionDangers,
  ...authorizerDangers,
  ...sessionDangers,
  ...tableAndGatewayDangers,
  ...identityDangers,
  ...groupDangers,
  ...issuerDangers,
  ...exporterDangers,
  ...alarmDangers,
  ...limitDangers,
  ...stageAndResourceDangers,
  ...graphDangers,
  ...keptDangers,
]
