/** The process of one subject: it answers or measures one operation at a time. */

import type { OperationName } from './decision-world.ts'
import { operations } from './decision-world.ts'
import { type Run, type SubjectName, subjects } from './subjects.ts'

/** A request to the worker. */
export interface Task {
  readonly operation: OperationName
  /** Milliseconds to run; when undefined, the answer is returned instead. */
  readonly forMs?: number
}

/** An answer as text: data, and the refused paths. */
async function answerOf(run: Run, operation: OperationName): Promise<string> {
  const { data, errors = [] } = await run(operation)
  return JSON.stringify({ data, refused: errors.map(({ path }) => path?.join('.')).sort() })
}

/** Average CPU microseconds of one execution. */
async function measure(run: Run, operation: OperationName, forMs: number): Promise<number> {
  const end = performance.now() + forMs
  const start = process.cpuUsage()
  let count = 0
  while (performance.now() < end) {
    for (let index = 0; index < 10; index += 1) await run(operation)
    count += 10
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}

const [name] = process.argv.slice(2)
const run = subjects[name as SubjectName]()

process.on('message', async ({ operation, forMs }: Task) => {
  if (!Object.hasOwn(operations, operation)) return
  process.send?.(forMs === undefined ? await answerOf(run, operation) : await measure(run, operation, forMs))
})
