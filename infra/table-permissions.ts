import { type FunctionName, rights } from '@fieldnotes/table/rights'
import { tableShapes } from '@fieldnotes/table/table-shapes'
import { notesTable } from './notes-table'
import { accessTable } from './table-access'
import { ratesTable } from './table-rates'

const arns = { access: accessTable.arn, rates: ratesTable.arn } as const

/** Actions that `packages/api` uses on the notes. A test compares the list with the commands in its source. */
export const notesPermissions = [
  {
    actions: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [notesTable.arn],
  },
  {
    actions: ['dynamodb:Query'],
    resources: Object.keys(tableShapes.notes.localIndexes).map((name) => $interpolate`${notesTable.arn}/index/${name}`),
  },
]

/**
 * Statements for a function's partitions of the tables `access` and `rates`. `ForAllValues` is also true for a request
 * without any partition key, such as a Scan, which the second condition refuses.
 */
export function permissionsOf(name: FunctionName) {
  return rights[name].map(({ table: shape, partitions, actions }) => ({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [arns[shape]],
    conditions: [
      { test: 'ForAllValues:StringLike', variable: 'dynamodb:LeadingKeys', values: [...partitions] },
      { test: 'Null', variable: 'dynamodb:LeadingKeys', values: ['false'] },
    ],
  }))
}
