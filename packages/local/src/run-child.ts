/** Programs that a long command runs one after the other. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

interface ChildOptions {
  readonly cwd: string
  /** Variables beside those of this process. */
  readonly environment: Readonly<Record<string, string>>
}

const signals = ['SIGINT', 'SIGTERM'] as const

let isEnding = false
for (const signal of signals) process.on(signal, () => (isEnding = true))

/**
 * Runs a program to its end, and returns whether it succeeded. A signal that ends this command is passed on, and no
 * program is started after it: the command then stops what else it has started.
 */
export async function runChild(
  [program = '', ...words]: readonly string[],
  { cwd, environment }: ChildOptions,
): Promise<boolean> {
  if (isEnding) return false
  const child = spawn(program, words, { cwd, stdio: 'inherit', env: { ...process.env, ...environment } })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of signals) process.on(signal, pass)
  const [status] = await once(child, 'exit')
  for (const signal of signals) process.off(signal, pass)
  return status === 0
}
