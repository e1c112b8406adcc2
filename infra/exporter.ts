import { secretOf } from './client-secrets'
import { exportsBucket, exportsPrefix } from './exports-bucket'
import { heldRole, logOf, mayLog } from './lambda-role'
import { notes } from './links'
import { permissionsOf } from './table-permissions'

/** Log group of the exporter. */
export const log = logOf('ExporterLog', 'exporter')

/** What the exporter alone is configured with: its secret at the issuer, and its bucket. */
const own = new sst.Linkable('ExporterSettings', {
  properties: { bucket: exportsBucket.name, clientSecret: secretOf('exporter') },
})

/** Objects below the prefix. It can't list them: an export is named by its job. */
const mayStore = {
  actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
  resources: [$interpolate`${exportsBucket.arn}/${exportsPrefix}*`],
}

/**
 * The downstream service: it exports a person's notes. It has no right to notes: it reads them through the endpoint.
 */
export const exporter = new sst.aws.Function('Exporter', {
  handler: 'packages/exporter/src/handler.handler',
  runtime: 'nodejs24.x',
  architecture: 'arm64',
  memory: '512 MB',
  // It reads for 5 s; the archive of many notes takes longer than the gateway waits (30 s), and is written to its end.
  timeout: '15 minutes',
  link: [notes, own],
  permissions: [...permissionsOf('exporter'), mayStore, mayLog(log)],
  environment: { NODE_ENV: 'production' },
  logging: { logGroup: log.name, format: 'json' },
  nodejs: {
    minify: true,
    // The clients of AWS become separate files, which their first use loads.
    splitting: true,
    esbuild: { define: { 'process.env.NODE_ENV': '"production"' } },
  },
  transform: { role: heldRole },
})
