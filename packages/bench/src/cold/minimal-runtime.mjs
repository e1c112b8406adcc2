/**
 * A minimal Lambda runtime: loads the bundle, passes it one event, prints the answer. Plain JavaScript, because
 * stripping types would be timed too.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Milliseconds of processor time since the process was created: of all threads, and of this one. */
function spent() {
  return [process.cpuUsage(), process.threadCpuUsage()].map(({ user, system }) => (user + system) / 1000)
}

const boot = spent()
const directory = process.argv[2] ?? ''
const { handler } = await import(pathToFileURL(join(directory, 'bundle.mjs')).href)
const event = JSON.parse(readFileSync(join(directory, 'event.json'), 'utf8'))
const context = { callbackWaitsForEmptyEventLoop: false, awsRequestId: 'cold', getRemainingTimeInMillis: () => 10_000 }
const load = spent()
const { statusCode, body } = await handler(event, context)
const answer = spent()
process.stdout.write(JSON.stringify({ statusCode, body, spent: { boot, load, answer } }))
process.stdout.end(() => process.exit(0))
