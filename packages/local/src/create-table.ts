/** The one table, made on a DynamoDB that has none. What the deployed cloud does in `infra/`. */
import type { TableConfig } from '@fieldnotes/api/config'
import { createTableIfMissing } from '@fieldnotes/api/create-table'
import { Complaint, wordsOf } from './complaint.ts'

/** Makes the table unless it is there. @throws Complaint when the DynamoDB can't be reached or does not let us. */
export async function createTable(table: TableConfig): Promise<void> {
  try {
    await createTableIfMissing(table)
  } catch (error) {
    const where = table.endpoint ?? table.region
    throw new Complaint(`DynamoDB at ${where} gives no table ${table.name}: ${wordsOf(error)}`)
  }
}
