import { tableShapes } from '@fieldnotes/table/table-shapes'
import { optionsOf } from './table-options'

/** The table of sessions, the issuer's models, clients, revocations, group policies, API keys and exports. */
export const accessTable = new sst.aws.Dynamo('Access', optionsOf(tableShapes.access))
