/** Dangerous changes of the exporter and its bucket. */
import { type Danger, danger } from './danger-row.ts'

function ofExporter(what: string, file: string, change: readonly [from: string | RegExp, to: string]): Danger {
  return danger(what, 'exporter', file, change)
}

/** Each must fail the test that it names. */
export const exporterDangers: readonly Danger[] = [
  ofExporter('an exporter that reads notes', 'exporter', [
    'permissions: [',
    "permissions: [{ actions: ['dynamodb:GetItem'], resources: ['*'] }, ",
  ]),
  ofExporter('every object of every bucket', 'exporter', [/resources: \[\$interpolate.*\]/, "resources: ['*']"]),
  ofExporter('archives that can be listed', 'exporter', ["'s3:PutObject'", "'s3:PutObject', 's3:ListBucket'"]),
  ofExporter('archives that a page can read', 'exports-bucket', ['cors: false', 'cors: {}']),
  ofExporter('archives over plain HTTP', 'exports-bucket', ['enforceHttps: true', 'enforceHttps: false']),
  ofExporter('archives that the world can read', 'exports-bucket', ['versioning: false', "access: 'public'"]),
  ofExporter('archives that outlive their deletion', 'exports-bucket', ['versioning: false', 'versioning: true']),
  ofExporter('archives for a year', 'exports-bucket', ['days = 2', 'days = 365']),
  ofExporter('uploads that are billed and never seen', 'exports-bucket', [
    'daysAfterInitiation: 1',
    'daysAfterInitiation: 99',
  ]),
  ofExporter('archives that are deleted with a definition', 'exports-bucket', ['= !stage.keep', '= true']),
  ofExporter('the secret of the endpoint in the exporter', 'exporter', [
    "secretOf('exporter')",
    "secretOf('fieldnotes-api')",
  ]),
  ofExporter('the root of all secrets in the exporter', 'exporter', [
    "clientSecret: secretOf('exporter')",
    "clientSecret: secretOf('exporter'), root: 'a-root-of-at-least-thirty-two-bytes'",
  ]),
  ofExporter('archives that are killed before they are written', 'exporter', ["'15 minutes'", "'25 seconds'"]),
  danger('a role of the exporter that the account may take', 'function', 'exporter', [
    '  transform: { role: heldRole },\n',
    '',
  ]),
  ...['ExporterErrors', 'ExporterThrottles', 'ExportsInterrupted'].map((name) =>
    danger(`no alarm ${name}`, 'alarms', 'exporter-alarms', [new RegExp(`  ${name}: \\{[\\s\\S]*?\\n  \\},\\n`), '']),
  ),
]
