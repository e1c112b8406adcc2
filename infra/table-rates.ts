import { tableShapes } from '@fieldnotes/table/table-shapes'
import { optionsOf } from './table-options'

/** The table of counters. It has no backups: a restored counter would be wrong. */
export const ratesTable = new sst.aws.Dynamo('Rates', optionsOf(tableShapes.rates))
