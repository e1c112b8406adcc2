/**
 * Runs before everything of `npm run test:all`, so that a missing browser is reported at once: installs Debian's
 * Chromium unless it is installed, and starts it once.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from '../test/support/browser.ts'

const aptGet = '/usr/bin/apt-get'

function fail(reason: string): never {
  console.error(`test:all needs Chromium at ${chromiumPath}: ${reason}`)
  process.exit(1)
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']])
    try {
      execFileSync(aptGet, ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    } catch {
      fail(`apt-get ${words.join(' ')} failed; its messages are above.`)
    }
}

/** On some distributions the package only refers to another package manager: its program is installed and fails. */
function assertStarts(): void {
  try {
    execFileSync(chromiumPath, ['--version'], { stdio: 'pipe', timeout: 60_000 })
  } catch (error) {
    console.error(String(error))
    fail('the installed program does not start.')
  }
}

if (!existsSync(chromiumPath)) {
  if (!existsSync(aptGet) || process.getuid?.() !== 0) fail('install it, or run as root on Debian, which installs it.')
  install()
  if (!existsSync(chromiumPath)) fail('apt-get has installed the package chromium, which has no such program.')
}
assertStarts()
