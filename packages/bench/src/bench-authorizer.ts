/**
 * `npm run bench:authorizer`: processor time of the authorizer beside identity's own, and of its cold start. Exits with
 * 1 when a new token costs more than 1.2 × identity, a remembered one over half a microsecond more, or a start more
 * than 120 ms.
 */
import { measureCold } from './cold/authorizer-cold.ts'
import { measureWarm } from './cold/authorizer-warm.ts'

const ratioMax = 1.2
/** For a remembered token, which costs identity a fraction of a microsecond: a ratio would measure one promise. */
const addedMicrosecondsMax = 0.5
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
const added = known.authorizer - known.identity
console.log(`${line('verified for the first time', fresh)}  at most ${ratioMax}`)
console.log(`${line('remembered', known)}  ${added.toFixed(2)} more, at most ${addedMicrosecondsMax}`)
const { ready, verdict } = cold
console.log(
  `cold start: ${ready.toFixed(0)} ms of CPU until it is ready, ${verdict.toFixed(0)} with its first verdict, at most ${coldMillisecondsMax}`,
)
const isFine = [
  fresh.authorizer <= ratioMax * fresh.identity,
  added <= addedMicrosecondsMax,
  verdict <= coldMillisecondsMax,
].every(Boolean)
process.exitCode = isFine ? 0 : 1
