import { adoptable } from './adopted-table'
import { stage } from './current-stage'
import { table } from './table'
import { ceiling } from './table-options'

/**
 * A table that this configuration does not create, such as a restored one. It is read during the deployment, which
 * fails when there is no such table.
 */
function adopted(name: string) {
  const found = aws.dynamodb.getTableOutput({ name })
  const checked = found.apply((each) => {
    adoptable(each, { project: $app.name, stage: $app.stage, keep: stage.keep, ceiling })
    return { name: each.name, arn: each.arn }
  })
  return { name: checked.name, arn: checked.arn }
}

/** The table that the functions use for notes: the stage's own, or the one of `FIELDNOTES_TABLE`. */
export const notesTable = stage.table ? adopted(stage.table) : { name: table.name, arn: table.arn }
