/** What DynamoDB is sent for each read and write. Pure. */
import { tableShape } from '@fieldnotes/core/table-shape'
import { conditionText, Placeholders, type Range, updateText, type Write } from './writes.ts'

/** The members of a Query. */
export function queryInput({ pk, index, between, after, forward, limit, where }: Range) {
  const places = new Placeholders()
  const sort = places.name(index ? tableShape.changeKey : tableShape.sortKey)
  const text = `${places.name(tableShape.partitionKey)} = ${places.value(pk)}`
  const stretch = `${sort} BETWEEN ${places.value(between[0])} AND ${places.value(between[1])}`
  return {
    ...(index && { IndexName: index }),
    KeyConditionExpression: `${text} AND ${stretch}`,
    ...(where && { FilterExpression: conditionText(where, places) }),
    ...places.members(),
    ...(after && { ExclusiveStartKey: after }),
    ScanIndexForward: forward,
    ConsistentRead: true,
    Limit: limit,
  }
}

/** The members that single writes and writes of a transaction share. A failed condition brings the item back. */
export function writeInput(write: Write) {
  const places = new Placeholders()
  const update = 'update' in write && { UpdateExpression: updateText(write.set ?? {}, write.add ?? {}, places) }
  const condition = write.when && {
    ConditionExpression: conditionText(write.when, places),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
  return { ...update, ...condition, ...places.members() }
}

/** A write as a part of a transaction. */
export function transactItem(TableName: string, write: Write) {
  const input = { TableName, ...writeInput(write) }
  if ('put' in write) return { Put: { ...input, Item: write.put } }
  if ('remove' in write) return { Delete: { ...input, Key: write.remove } }
  return { Update: { ...input, Key: write.update, UpdateExpression: input.UpdateExpression ?? '' } }
}
