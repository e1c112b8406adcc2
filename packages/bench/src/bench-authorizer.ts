/**
 * `npm run bench:authorizer`: processor time of the authorizer beside identity's own, and of its cold start. Exits with
 * 1 when a new token costs more than 1.2 × identity, or a start more than 120 ms.
 */
import { measureCold } from './cold/authorizer-cold.ts'
import { measureWarm } from './cold/authorizer-warm.ts'

const ratioMax = 1.2
const coldMillisecondsMax = 120

process.env.AWS_ACCESS_KEY_ID ??= 'none'
process.env.AWS_SECRET_ACCESS_KEY ??= 'none'

const fresh = await measureWarm(15, false)
const known = await measureWarm(15, true)
const cold = await measureCold(15)

function line(what: string, { identity, authorizer }: typeof fresh): string {
  const ratio = (authorizer / identity).toFixed(2)
  return `${what.padEnd(34)}${identity.toFixed(2).padStart(10)}${authorizer.toFixed(2).padStart(12)}${ratio.padStart(8)}`
}

console.log(
  `${'CPU microseconds a token'.padEnd(34)}${'identity'.padStart(10)}${'authorizer'.padStart(12)}${'ratio'.padStart(8)}`,
)
console.log(line('verified for the first time', fresh))
console.log(line('remembered', known))
console.log(`cold start with its first verdict: ${cold.toFixed(0)} ms of CPU, at most ${coldMillisecondsMax}`)
const isFine = fresh.authorizer <= ratioMax * fresh.identity && cold <= coldMillisecondsMax
process.exitCode = isFine ? 0 : 1
