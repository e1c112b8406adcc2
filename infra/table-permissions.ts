import { tableShape } from '@fieldnotes/table/table-shapes'
import { table } from './table'

/** Actions that `packages/api` uses on the table. A test compares the list with the commands in its source. */
export const tablePermissions = [
  {
    actions: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [table.arn],
  },
  {
    actions: ['dynamodb:Query'],
    resources: Object.keys(tableShape.localIndexes).map((name) => $interpolate`${table.arn}/index/${name}`),
  },
]
