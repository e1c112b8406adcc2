/** Inputs of DynamoDB's commands, made of reads and writes as plain data. No I/O. */
import { conditionText, Placeholders, updateText } from './expressions.ts'
import { keyNames } from './table-shapes.ts'
import type { Query, Write } from './writes.ts'

/** The members of a Query. */
export function queryInput({ pk, index, between, after, forward, limit, where }: Query) {
  const placeholders = new Placeholders()
  const sort = placeholders.name(index ? keyNames.changeKey : keyNames.sortKey)
  const partition = `${placeholders.name(keyNames.partitionKey)} = ${placeholders.value(pk)}`
  const range = `${sort} BETWEEN ${placeholders.value(between[0])} AND ${placeholders.value(between[1])}`
  return {
    ...(index && { IndexName: index }),
    KeyConditionExpression: `${partition} AND ${range}`,
    ...(where && { FilterExpression: conditionText(where, placeholders) }),
    ...placeholders.members(),
    ...(after && { ExclusiveStartKey: after }),
    ScanIndexForward: forward,
    ConsistentRead: true,
    Limit: limit,
  }
}

/** The members that single writes and writes of a transaction share. A failed condition returns the stored item. */
export function writeInput(write: Write) {
  const placeholders = new Placeholders()
  const update = 'update' in write && { UpdateExpression: updateText(write.set ?? {}, write.add ?? {}, placeholders) }
  const condition = write.when && {
    ConditionExpression: conditionText(write.when, placeholders),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  }
  return { ...update, ...condition, ...placeholders.members() }
}

/** A write as an item of TransactWriteItems. */
export function transactItem(TableName: string, write: Write) {
  const input = { TableName, ...writeInput(write) }
  if ('put' in write) return { Put: { ...input, Item: write.put } }
  if ('remove' in write) return { Delete: { ...input, Key: write.remove } }
  return { Update: { ...input, Key: write.update, UpdateExpression: input.UpdateExpression ?? '' } }
}
