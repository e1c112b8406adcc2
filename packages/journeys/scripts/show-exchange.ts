/**
 * `npm run show:exchange`: starts a cloud, and prints how one person's call goes through the endpoint to the exporter
 * and back, each time with a smaller token. Fails when any line is not as expected.
 */
import { type Line, walk } from '../test/export/walk.ts'
import { startWorld } from '../test/session/world.ts'

let failures = 0
function print({ what, found, wanted }: Line): void {
  const isWanted = found === wanted
  if (!isWanted) failures += 1
  process.stdout.write(`${isWanted ? ' ' : '✗'} ${what.padEnd(62)} ${isWanted ? found : `${found}, not ${wanted}`}\n`)
}

const world = await startWorld()
try {
  await walk(world, print)
} finally {
  await world.stop()
}
process.exitCode = failures === 0 ? 0 : 1
