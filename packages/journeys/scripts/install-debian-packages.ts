/**
 * Runs before everything of `npm run test:all`, so that a missing program is reported at once: installs Debian's
 * Chromium, AWS CLI, curl, botocore and Authlib unless they are installed, and starts each once.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from '../test/support/browser.ts'
import { awsPath, curlPath, pythonPath } from '../test/support/debian-programs.ts'

const aptGet = '/usr/bin/apt-get'

interface Program {
  /** The package of Debian. */
  readonly name: string
  readonly command: readonly [path: string, ...words: string[]]
}

const programs: readonly Program[] = [
  { name: 'chromium', command: [chromiumPath, '--version'] },
  { name: 'awscli', command: [awsPath, '--version'] },
  { name: 'curl', command: [curlPath, '--version'] },
  { name: 'python3-botocore', command: [pythonPath, '-c', 'import botocore'] },
  { name: 'python3-authlib', command: [pythonPath, '-c', 'import authlib'] },
  { name: 'python3-requests', command: [pythonPath, '-c', 'import requests'] },
]

function fail(reason: string): never {
  console.error(`test:all needs Debian's ${programs.map(({ name }) => name).join(', ')}: ${reason}`)
  process.exit(1)
}

/** On some distributions a package only refers to another package manager: its program is installed and fails. */
function starts({ command: [path, ...words] }: Program): boolean {
  try {
    execFileSync(path, words, { stdio: 'pipe', timeout: 60_000 })
    return true
  } catch {
    return false
  }
}

function install(names: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '--yes', '--no-install-recommends', ...names]])
    try {
      execFileSync(aptGet, ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    } catch {
      fail(`apt-get ${words.join(' ')} failed; its messages are above.`)
    }
}

const missing = programs.filter((program) => !starts(program))
if (missing.length > 0) {
  if (!existsSync(aptGet) || process.getuid?.() !== 0) fail('install them, or run as root on Debian, which does it.')
  install(missing.map(({ name }) => name))
}
const broken = missing.filter((program) => !starts(program))
if (broken.length > 0) fail(`${broken.map(({ name }) => name).join(', ')} does not start.`)
