/**
 * `npm run bench:issuer`: processor time of a cold start of the issuer until its first token. Exits with 1 when a start
 * takes more than 300 ms for one of the tokens.
 */
import { measureColdIssuer } from './cold/issuer-cold.ts'

const coldMillisecondsMax = 300
const starts = 15

function shown(milliseconds: number): string {
  return milliseconds.toFixed(0)
}

process.env.AWS_ACCESS_KEY_ID ??= 'none'
process.env.AWS_SECRET_ACCESS_KEY ??= 'none'

const { ready, program, exchange, renewal } = await measureColdIssuer(starts)
console.log(`cold start of the issuer, CPU milliseconds, median of ${starts}, at most ${coldMillisecondsMax}:`)
console.log(`ready ${shown(ready)}, a program's token ${shown(program)}, an exchange ${shown(exchange)}`)
console.log(`a skill's refresh ${shown(renewal)}: Alexa waits 4,500 ms of wall clock for it`)
process.exitCode = Math.max(program, exchange, renewal) <= coldMillisecondsMax ? 0 : 1
