/** An emulated identity provider, as a child process on a free port of 127.0.0.1. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A running emulator. */
export interface Emulator {
  readonly url: string
  readonly end: () => Promise<void>
}

/** How to start an emulator: the program of an npm package, in an empty folder. */
export interface EmulatorOptions {
  readonly package: string
  readonly words: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Writes the program's configuration into its folder. */
  readonly prepare?: (folder: string) => void
}

function programOf(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(manifest), typeof bin === 'string' ? bin : String(Object.values(bin)[0]))
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status > 0
  } catch {
    return false
  }
}

/** Starts the program and waits until it answers on `port`. */
export async function startEmulator(port: number, recipe: EmulatorOptions): Promise<Emulator> {
  const cwd = mkdtempSync(join(tmpdir(), 'emulator-'))
  recipe.prepare?.(cwd)
  const env = { ...process.env, ...recipe.environment }
  const child = spawn(process.execPath, [programOf(recipe.package), ...recipe.words], { cwd, env, stdio: 'ignore' })
  const gone = once(child, 'exit')
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await gone
    rmSync(cwd, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries < 600 && child.exitCode === null) await wait(100)
    else {
      await end()
      throw new Error(`${recipe.package} did not start`)
    }
  }
  return { url, end }
}
