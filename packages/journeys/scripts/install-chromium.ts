/** Installs Debian's Chromium for `npm run test:all`, unless it is installed. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from '../test/support/browser.ts'

const aptGet = '/usr/bin/apt-get'

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']])
    execFileSync(aptGet, ['-qq', ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] })
}

if (!existsSync(chromiumPath)) {
  if (!existsSync(aptGet) || process.getuid?.() !== 0) {
    console.error(
      `test:all needs Chromium at ${chromiumPath}: install it, or run as root on Debian, which installs it.`,
    )
    process.exit(1)
  }
  install()
}
