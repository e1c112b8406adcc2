/** The engine of the tests ends with them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, it, vi } from 'vitest'

const script = `const { startEngine } = await import('${new URL('kit/engine.ts', import.meta.url).href}')
console.log((await startEngine()).endpoint)
setInterval(() => {}, 1000)`

it.runIf(existsSync('/usr/bin/setpriv'))('ends with a process that was killed by kill -9', async () => {
  const { DYNAMODB_ENDPOINT: _, ...env } = process.env
  const words = ['--input-type=module', '-e', script]
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const endpoint = String(line).trim()
  expect((await fetch(endpoint)).status).toBeGreaterThan(0)
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(fetch(endpoint)).rejects.toThrow(), { timeout: 20_000, interval: 100 })
})
