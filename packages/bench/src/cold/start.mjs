/** What Lambda's runtime does, in few lines: loads the bundle, hands it one event, passes the answer on. Plain JavaScript: stripping types would be timed too. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const directory = process.argv[2] ?? ''
const { handler } = await import(pathToFileURL(join(directory, 'bundle.mjs')).href)
const event = JSON.parse(readFileSync(join(directory, 'event.json'), 'utf8'))
const context = { callbackWaitsForEmptyEventLoop: false, awsRequestId: 'cold', getRemainingTimeInMillis: () => 10_000 }
const { statusCode, body } = await handler(event, context)
const { user, system } = process.cpuUsage()
process.stdout.write(JSON.stringify({ statusCode, body, cpu: (user + system) / 1000 }))
process.stdout.end(() => process.exit(0))
