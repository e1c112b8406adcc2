/** A command that runs programs one after the other, as a process that gets a signal. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'

const module = new URL('../src/run-child.ts', import.meta.url).href

/** Runs two programs: the first prints its id and runs until it is ended, the second prints `second`. */
const command = `const { runChild } = await import('${module}')
const options = { cwd: '/', environment: { NAME: 'first' } }
const first = 'console.log(process.env.NAME, process.pid); setInterval(() => {}, 1000)'
console.log(await runChild([process.execPath, '-e', first], options))
console.log(await runChild([process.execPath, '-e', 'console.log("second")'], options))
console.log('stopped')`

it.each(['SIGTERM', 'SIGINT'] as const)('%s ends the program that runs, and starts none after it', async (signal) => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const [, pid] = /^first (\d+)\n$/.exec(String(line)) ?? []
  child.kill(signal)
  expect(await text(child.stdout)).toBe('false\nfalse\nstopped\n')
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
})

it.each([
  [0, true],
  [3, false],
])('says whether a program that ended with %d succeeded: %s', async (status, succeeded) => {
  const script = `const { runChild } = await import('${module}')
  console.log(await runChild([process.execPath, '-e', 'process.exit(${status})'], { cwd: '/', environment: {} }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  expect(await text(child.stdout)).toBe(`${succeeded}\n`)
})
