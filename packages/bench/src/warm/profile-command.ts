/** Parses the command line of `npm run bench:profile`. */
import { parseArgs } from 'node:util'
import { executorOf } from '../contract/layers.ts'
import { oneOf } from '../measure/command-line.ts'
import { peer as floor } from '../peers/floor.ts'
import { entryOf, peerNames } from '../peers/peer-list.ts'
import { operations } from '../world/operations.ts'
import { comparable } from './compare-answers.ts'

export const usage = 'npm run bench:profile -- [OPERATION [ROW]]'

/**
 * Returns a function that executes one operation on the Lambda path of one row.
 * @throws Error for an unknown operation or row, and for a row without a Lambda path
 */
export async function profileCommand(words: readonly string[]): Promise<() => unknown> {
  const [wantedOperation = 'list', wantedRow = 'ours', ...more] = positionalsOf(words)
  if (more.length > 0) throw new Error(`'${more.join(' ')}' is too much: one operation of one row is profiled.`)
  const operation = oneOf('operation', Object.keys(operations), wantedOperation)
  const row = oneOf('row', peerNames, wantedRow)
  const [expected, execute] = [
    await executorOf(floor, 'lambda'),
    await executorOf((await entryOf(row).load()).peer, 'lambda'),
  ]
  if (!expected || !execute) throw new Error(`${row} is an engine alone: it has no Lambda path.`)
  const possible = await comparable(expected, entryOf(row))
  if (!possible.includes(operation))
    throw new Error(
      `${row} has no guards, so that '${operation}' is another answer. There are: ${possible.join(', ')}.`,
    )
  return () => execute(operation)
}

function positionalsOf(words: readonly string[]): string[] {
  return parseArgs({ args: [...words], allowPositionals: true }).positionals
}
