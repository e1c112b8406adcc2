/** The Lambda function's entry. */
import { createLog } from '@fieldnotes/core/log'
import { environment, readLinks } from '@fieldnotes/stage/links'
import { createExporter } from './create-exporter.ts'
import { parseConfig } from './parse-config.ts'
import { createS3Store } from './store/s3-store.ts'

const log = createLog((line) => process.stdout.write(`${line}\n`))
const { config, bucket } = parseConfig(readLinks(['Notes', 'ExporterSettings']), environment)

export const handler = createExporter(config, { store: createS3Store(bucket), log, environment, work: 'inside' })
