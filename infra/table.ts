import { keyNames, tableShapes } from '@fieldnotes/table/table-shapes'
import { optionsOf } from './table-options'

const { changeKey } = keyNames
const { byChange, changePlaces } = tableShapes.notes.localIndexes
const options = optionsOf(tableShapes.notes)

/** The table of the notes. */
export const table = new sst.aws.Dynamo('Table', {
  ...options,
  fields: { ...options.fields, [changeKey]: 'string' },
  localIndexes: {
    byChange: { rangeKey: changeKey, projection: byChange },
    changePlaces: { rangeKey: changeKey, projection: [...changePlaces] },
  },
})
