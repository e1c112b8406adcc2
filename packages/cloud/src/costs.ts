/**
 * `npm run -s costs [-- --write]`: the tables of `docs/costs.md`, from the capacity units that `npm run bench:store`
 * measured. `--write` puts them into the page.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** Prices of `eu-west-1` in US dollars as of 2025, from AWS's price pages. */
const prices = {
  gatewayPerMillion: 1.11,
  lambdaPerMillion: 0.2,
  lambdaGbSecond: 0.0000133334,
  readUnitsPerMillion: 0.1415,
  writeUnitsPerMillion: 0.705,
  logsPerGb: 0.57,
  signaturesPerMillion: 15,
  trafficPerGb: 0.09,
  alarmPerMonth: 0.1,
  dashboardPerMonth: 3,
  machineClientPerMonth: 6,
  keyPerMonth: 1,
} as const

/** What a stage has that is billed while nothing is called. A test counts it. */
interface Idle {
  readonly alarms: number
  readonly dashboards: number
  readonly machineClients: number
  /** Keys of KMS. Each key material of a rotated key is billed too, the first two of them. */
  readonly keys: number
}

/** The same of a stage that is kept, and of one without a setting that adds some. */
export const idle = {
  kept: { alarms: 33, dashboards: 1, machineClients: 1, keys: 2 },
  others: { alarms: 0, dashboards: 0, machineClients: 0, keys: 1 },
} as const satisfies Record<string, Idle>

/** Time and memory of a call of each function. A test compares the memory with what is deployed, on arm64. */
export const calls = {
  endpoint: { seconds: 0.06, gb: 1 },
  authorizer: { seconds: 0.005, gb: 0.5 },
  issuer: { seconds: 0.03, gb: 1 },
} as const

interface Row {
  readonly what: string
  readonly arithmetic: string
  readonly dollars: number
}

/** Capacity units of a call in the table of `packages/api/ACCESS-PATTERNS.md`, at 100,000 notes. */
export function unitsOf(call: string): number {
  const page = readFileSync(join(root, 'packages/api/ACCESS-PATTERNS.md'), 'utf8')
  const line = page.split('\n').find((each) => each.startsWith(`${call}  `))
  const units = Number(line?.split('/').pop())
  if (!line || Number.isNaN(units)) throw new Error(`packages/api/ACCESS-PATTERNS.md measures no ${call}`)
  return units
}

/** A million requests: nine of ten read a note by id, one of ten creates or updates one. */
function requestRows(): readonly Row[] {
  const read = unitsOf('note by id')
  const [create, update] = [unitsOf('create'), unitsOf('update')]
  const p = prices
  return [
    { what: 'API Gateway, HTTP API', arithmetic: `1 M × ${p.gatewayPerMillion} / M`, dollars: p.gatewayPerMillion },
    { what: 'Lambda requests', arithmetic: `1 M × ${p.lambdaPerMillion} / M`, dollars: p.lambdaPerMillion },
    lambdaTime('Lambda time', calls.endpoint),
    { what: 'Authorizer, requests', arithmetic: `1 M × ${p.lambdaPerMillion} / M`, dollars: p.lambdaPerMillion },
    lambdaTime('Authorizer, time', calls.authorizer),
    {
      what: 'DynamoDB reads',
      arithmetic: `0.9 M × ${read} × ${p.readUnitsPerMillion} / M`,
      dollars: 0.9 * read * p.readUnitsPerMillion,
    },
    {
      what: 'DynamoDB writes',
      arithmetic: `0.1 M × (${create} + ${update}) / 2 × ${p.writeUnitsPerMillion} / M`,
      dollars: ((0.1 * (create + update)) / 2) * p.writeUnitsPerMillion,
    },
    { what: 'Logs taken in', arithmetic: `1.5 GB × ${p.logsPerGb} / GB`, dollars: 1.5 * p.logsPerGb },
    { what: 'Traffic out', arithmetic: `4 GB × ${p.trafficPerGb} / GB`, dollars: 4 * p.trafficPerGb },
  ]
}

function lambdaTime(what: string, { seconds, gb }: (typeof calls)[keyof typeof calls]): Row {
  const { lambdaGbSecond } = prices
  const arithmetic = `1 M × ${seconds} s × ${gb} GB × ${lambdaGbSecond.toFixed(10)} / GB s`
  return { what, arithmetic, dollars: 1e6 * seconds * gb * lambdaGbSecond }
}

/** A million tokens of the issuer, of which each is signed by KMS. */
function tokenRows(): readonly Row[] {
  const p = prices
  const perMillion = (what: string, price: number): Row => ({ what, arithmetic: `1 M × ${price} / M`, dollars: price })
  return [
    perMillion('API Gateway, HTTP API', p.gatewayPerMillion),
    perMillion('Lambda requests', p.lambdaPerMillion),
    lambdaTime('Issuer, time', calls.issuer),
    perMillion('KMS, signatures', p.signaturesPerMillion),
    { what: 'Logs taken in', arithmetic: `1 GB × ${p.logsPerGb} / GB`, dollars: p.logsPerGb },
  ]
}

/** A month of a stage that is never called. */
function idleRows({ machineClients, dashboards, alarms, keys }: Idle): readonly Row[] {
  return [
    monthly('Machine client', machineClients, prices.machineClientPerMonth),
    monthly('Dashboard', dashboards, prices.dashboardPerMonth),
    monthly('Alarms', alarms, prices.alarmPerMonth),
    monthly('Keys of KMS', keys, prices.keyPerMonth),
  ]
}

function monthly(what: string, count: number, price: number): Row {
  return { what, arithmetic: `${count} × ${price.toFixed(2)}`, dollars: count * price }
}

function tableOf(title: string, rows: readonly Row[]): string {
  const total = rows.reduce((sum, { dollars }) => sum + dollars, 0)
  const cells = [
    [title, 'arithmetic', '$'],
    ...rows.map(({ what, arithmetic, dollars }) => [what, arithmetic, cents(dollars)]),
    ['**together**', '', `**${cents(total)}**`],
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const lines = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** Rounds up at half a cent, which binary fractions would hide. */
function cents(dollars: number): string {
  return (Math.round(dollars * 100 + 1e-6) / 100).toFixed(2)
}

/** The tables as Markdown. */
export function costTables(): string {
  return [
    tableOf('a million requests', requestRows()),
    tableOf('a million tokens', tokenRows()),
    tableOf('idle production, a month', idleRows(idle.kept)),
    tableOf('any other idle stage', idleRows(idle.others)),
  ].join('\n\n')
}

const [begin, end] = ['<!-- costs -->', '<!-- end of costs -->']

/** The part of `docs/costs.md` between the marks. */
export function writtenTables(page: string): string {
  const [, tables = ''] = page.split(begin)
  return tables.split(end)[0]?.trim() ?? ''
}

if (import.meta.main) {
  const file = join(root, 'docs/costs.md')
  const page = readFileSync(file, 'utf8')
  if (process.argv.includes('--write'))
    writeFileSync(
      file,
      page.replace(writtenTables(page), () => costTables()),
    )
  process.stdout.write(`${costTables()}\n`)
}
