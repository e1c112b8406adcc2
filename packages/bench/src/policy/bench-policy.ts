/**
 * `npm run bench:policy`: cost of a decision, compared with graphql-js without rules and graphql-shield's own
 * evaluator.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type OperationName, operationNames, operations } from './decision-world.ts'
import type { Task } from './subject-process.ts'
import { type SubjectName, subjectNames } from './subjects.ts'

const rounds = 9
const sliceMs = 150
const warmMs = 600

function start(name: SubjectName): ChildProcess {
  return fork(new URL('./subject-process.ts', import.meta.url), [name], {
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

const workers = new Map(subjectNames.map((name) => [name, start(name)]))

/** Ends the run when a worker dies: the others would wait indefinitely. */
function die(name: SubjectName): never {
  for (const worker of workers.values()) worker.kill()
  throw new Error(`${name} died`)
}

for (const [name, worker] of workers) worker.once('exit', (code) => code !== null && die(name))

async function runTask<Result>(name: SubjectName, task: Task): Promise<Result> {
  const worker = workers.get(name)
  if (!worker) throw new Error(`no subject ${name}`)
  worker.send(task)
  const [answer] = await once(worker, 'message')
  return answer
}

/** Every subject that decides must give graphql-shield's answer each time, whether or not it has been compiled. */
async function compare(): Promise<void> {
  for (const operation of operationNames) {
    const expected = await runTask<string>('shield', { operation })
    for (const name of subjectNames.filter((each) => each !== 'raw' && each !== 'shield'))
      for (const _ of [1, 2, 3, 4, 5, 6])
        if ((await runTask<string>(name, { operation })) !== expected)
          throw new Error(`${name} answers ${operation} otherwise`)
  }
  const [raw, shield] = await Promise.all([
    runTask('raw', { operation: 'list' }),
    runTask('shield', { operation: 'list' }),
  ])
  if (raw !== shield) throw new Error('raw answers list otherwise')
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

type Times = ReadonlyMap<string, number>

async function measure(timed: readonly OperationName[]): Promise<Times> {
  const samples = new Map<string, number[]>()
  for (const name of subjectNames) for (const operation of timed) await runTask(name, { operation, forMs: warmMs })
  for (let round = 0; round < rounds; round += 1)
    for (const operation of timed)
      for (const name of subjectNames) {
        const key = `${name} ${operation}`
        samples.set(key, [...(samples.get(key) ?? []), await runTask<number>(name, { operation, forMs: sliceMs })])
      }
  return new Map([...samples].map(([key, values]) => [key, median(values)]))
}

/** Maximum ratio of CPU time on the list, for pairs of subjects. */
const goals: readonly [SubjectName, SubjectName, number][] = [
  ['compiled', 'raw', 1.4],
  ['compiled', 'shield', 0.2],
  ['specialised', 'raw', 1.15],
  ['engine', 'raw', 0.2],
]

function report(times: Times, timed: readonly OperationName[]): void {
  const time = (name: SubjectName, operation: OperationName): number => times.get(`${name} ${operation}`) ?? Number.NaN
  console.log(`CPU microseconds per operation, median of ${rounds} interleaved rounds, Node ${process.version}\n`)
  console.log(`| | ${timed.join(' | ')} | list ÷ raw |\n| --- |${' ---: |'.repeat(timed.length + 1)}`)
  for (const name of subjectNames) {
    const cells = timed.map((operation) => time(name, operation).toFixed(1))
    console.log(`| ${name} | ${cells.join(' | ')} | ${(time(name, 'list') / time('raw', 'list')).toFixed(2)} |`)
  }
  console.log('\n| list | ratio | goal | |\n| --- | ---: | ---: | --- |')
  for (const [name, to, goal] of goals) {
    const ratio = time(name, 'list') / time(to, 'list')
    console.log(`| ${name} ÷ ${to} | ${ratio.toFixed(2)} | ≤ ${goal} | ${ratio <= goal ? 'met' : 'not met'} |`)
  }
}

const timed = operationNames.filter((name) => operations[name].timed)
try {
  await compare()
  report(await measure(timed), timed)
} finally {
  for (const worker of workers.values()) worker.kill()
}
