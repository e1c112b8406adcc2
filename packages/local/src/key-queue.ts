/** Runs what belongs to one key one after another: many attempts at once are no way around a limit of attempts. */

/** Acts of one key that wait for each other, at most. */
const waitingMax = 20

/** Runs `act` after the earlier acts of `key`; undefined, without running it, when 20 are waiting. */
export type KeyQueue = <T>(key: string, act: () => Promise<T>) => Promise<T> | undefined

/** Creates a queue without acts. A key without acts costs no memory. */
export function createKeyQueue(): KeyQueue {
  const queues = new Map<string, { last: Promise<unknown>; waiting: number }>()
  return (key, act) => {
    const queue = queues.get(key) ?? { last: Promise.resolve(), waiting: 0 }
    if (queue.waiting >= waitingMax) return undefined
    queues.set(key, queue)
    queue.waiting += 1
    const result = queue.last.then(act).finally(() => {
      queue.waiting -= 1
      if (queue.waiting === 0) queues.delete(key)
    })
    queue.last = result.catch(() => {})
    return result
  }
}
