/** Creates tables in a DynamoDB that has none. In the deployed cloud, `infra/table*.ts` does it. */

import { createTableIfMissing } from '@fieldnotes/table/create-table'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { TableName } from '@fieldnotes/table/table-shapes'
import { UsageError, wordsOf } from './usage-error.ts'

/** Creates a table of this shape unless it exists. @throws UsageError when DynamoDB can't be reached or refuses */
export async function ensureTable(table: TableConfig, shape: TableName): Promise<void> {
  try {
    await createTableIfMissing(table, shape)
  } catch (error) {
    const where = table.endpoint ?? table.region
    throw new UsageError(`DynamoDB at ${where} gives no table ${table.name}: ${wordsOf(error)}`)
  }
}
