/** `npm run bench`: compares every answer, measures everything in one run, prints the tables and writes them down. */
import { measureWarm } from './warm.ts'

const note = (line: string) => console.error(line)
const t = await measureWarm({ rounds: 3, sliceMilliseconds: 30, warmUpMilliseconds: 100 }, note)
for (const [l, rows] of Object.entries(t)) {
  console.log(l)
  for (const r of rows)
    console.log(
      r.name.padEnd(26),
      Object.values(r.cpu)
        .map((x) => x.toFixed(1).padStart(9))
        .join(' '),
    )
}
