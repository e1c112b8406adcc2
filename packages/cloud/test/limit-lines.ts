/** What the limits of callers write to the log: a limit that is used up, and tables out of reach. */
import { apiKeyOf, secretOf } from '@fieldnotes/api/api-key'
import { createLimitCaller } from '@fieldnotes/api/caller-limits'
import { createLog } from '@fieldnotes/core/log'
import { sampleUser } from '@fieldnotes/core/sample-principals'
import { type Line, linesOf } from './metric-lines.ts'

const away = { name: 'away', region: 'eu-west-1', endpoint: 'http://127.0.0.1:1' }

/** The lines of a person who uses up a limit, and of two requests while no table answers. */
export async function limitLines(): Promise<readonly Line[]> {
  const written: string[] = []
  const log = createLog((line) => written.push(line))
  const config = { stage: 'test', access: away, rates: away } as Parameters<typeof createLimitCaller>[0]
  const limit = createLimitCaller(config, { log, clock: Date.now })
  const request = { headers: {}, requestContext: {} }
  const alice = sampleUser({ id: 'alice' })
  const person = await limit(request, alice)
  const app = await limit(request, { ...alice, thirdParty: true })
  const withKey = { ...request, headers: { 'x-api-key': apiKeyOf('test', 'app', secretOf()) } }
  // One operation more than the bucket of a person holds.
  const operations = Array.from({ length: 10_001 }, () => person.spend(1))
  await Promise.allSettled([...operations, app.spend(1), limit(withKey, alice)])
  return linesOf(written.join('\n'))
}
