import { stage } from './current-stage'
import { table } from './table'

/** A table that this configuration does not create, such as a restored one. */
function adopted(name: string) {
  const { accountId } = aws.getCallerIdentityOutput()
  const { region } = aws.getRegionOutput()
  const { partition } = aws.getPartitionOutput()
  return { name, arn: $interpolate`arn:${partition}:dynamodb:${region}:${accountId}:table/${name}` }
}

/** The table that the functions use for notes: the stage's own, or the one of `FIELDNOTES_TABLE`. */
export const notesTable = stage.table ? adopted(stage.table) : { name: table.name, arn: table.arn }
