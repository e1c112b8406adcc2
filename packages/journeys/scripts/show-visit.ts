/**
 * `npm run show:session`: a person's visit with browser sessions in Chromium, on a new cloud: each step with what it
 * shows. Real time, about 20 seconds. Exits with 1 when a step shows anything else. Needs Debian's `chromium`.
 */
import { existsSync } from 'node:fs'
import { isAsWanted, sessionSteps } from '../test/browser/support/session-steps.ts'
import { startVisit } from '../test/browser/support/session-visit.ts'
import { chromiumPath } from '../test/support/browser.ts'

if (!existsSync(chromiumPath)) {
  console.error(`This visit needs Debian's chromium: there is no ${chromiumPath}.`)
  process.exit(1)
}
const visit = await startVisit()
let failures = 0
try {
  for (const [what, act, wanted] of sessionSteps) {
    const shown = await act(visit)
    const isFine = isAsWanted(shown, wanted)
    if (!isFine) failures += 1
    process.stdout.write(`${isFine ? ' ' : '✗'} ${what.padEnd(60)} ${shown}${isFine ? '' : `, not ${wanted}`}\n`)
  }
} finally {
  await visit.stop()
}
process.exitCode = failures === 0 ? 0 : 1
