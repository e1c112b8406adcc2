/**
 * `npm run bench:identity`: cost of one token verification, ours and the peers', in one run. Only the ratios are
 * meaningful.
 */
import { median } from '../measure/statistics.ts'
import { type Contender, createContenders } from './contenders.ts'
import { forged, tokenOf } from './tokens.ts'

const people = 400
const rounds = 15
const tokens = Array.from({ length: people }, (_, person) => tokenOf(person))
/** All contenders must agree about the same tokens; otherwise the comparison is invalid. */
async function assertAlike({ name, verify, takes }: Contender): Promise<void> {
  for (const [person, token] of tokens.entries()) {
    if (
      !String(await verify(takes === 'authorization' ? `Bearer ${token}` : token)).includes(
        String(person).padStart(6, '0'),
      )
    )
      throw new Error(`${name} mistook ${person}`)
  }
  const bad = forged(tokens[0] ?? '')
  const refused = await verify(takes === 'authorization' ? `Bearer ${bad}` : bad).then(
    () => false,
    () => true,
  )
  if (!refused) throw new Error(`${name} took a forged token`)
}

/** New strings each time, as in requests: V8 caches the hash of a string that was looked up once. */
const asBytes = tokens.map((token) => Buffer.from(`Bearer ${token}`))
function fresh(bytes: Buffer, { takes }: Contender): string {
  return bytes.toString('latin1', takes === 'authorization' ? 0 : 'Bearer '.length)
}

async function pass(contender: Contender): Promise<void> {
  for (const bytes of asBytes) await contender.verify(fresh(bytes, contender))
}

/** CPU microseconds per verification, over at least 40 ms. */
async function measure(contender: Contender): Promise<number> {
  const before = process.cpuUsage()
  const start = performance.now()
  let passes = 0
  for (; performance.now() - start < 40; passes += 1) await pass(contender)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / (passes * people)
}

await using contenders = await createContenders()
for (const contender of contenders.all) await assertAlike(contender)
const samples = new Map<Contender, number[]>(contenders.all.map((contender) => [contender, []]))
for (let round = 0; round < rounds; round += 1) {
  for (const [contender, costs] of samples) costs.push(await measure(contender))
}

function cost(contender: Contender | undefined): number {
  return median((contender && samples.get(contender)) ?? [])
}
const floor = cost(contenders.all[0])
console.log(
  `CPU microseconds for one RS256 token of ${tokens[0]?.length} characters, median of ${rounds} rounds of ${people}\n`,
)
for (const contender of contenders.all) {
  const micros = cost(contender)
  console.log(
    `${contender.name.padEnd(24)}${micros.toFixed(2).padStart(10)}${(micros / floor).toFixed(3).padStart(10)} ÷ crypto.verify`,
  )
}
