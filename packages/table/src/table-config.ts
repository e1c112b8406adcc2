/** Where a table is. */

/** The name of a table, and the DynamoDB that has it. */
export interface TableConfig {
  readonly name: string
  readonly region: string
  /** URL of another DynamoDB than that of the region, such as the embedded one. */
  readonly endpoint?: string
}
