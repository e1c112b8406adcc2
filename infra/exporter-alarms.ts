import { type Alarm, once } from './alarm'
import { exporter } from './exporter'
import { namespace } from './metrics'

const ofExporter = { FunctionName: exporter.name }

/** Alarms of the exporter. */
export const exporterAlarms: Readonly<Record<string, Alarm>> = {
  ExporterErrors: {
    metric: ['AWS/Lambda', 'Errors'],
    dimensions: ofExporter,
    ...once,
    meaning: 'The exporter crashed or ran out of time. An export goes on with the next request.',
  },
  ExporterThrottles: {
    metric: ['AWS/Lambda', 'Throttles'],
    dimensions: ofExporter,
    ...once,
    meaning: 'The exporter had no instance. It has no reserve of its own.',
  },
  ExportsInterrupted: {
    metric: [namespace, 'ExportsInterrupted'],
    dimensions: {},
    ...once,
    meaning: 'Work on an export ended with an error: the bucket, the table or the endpoint is out of reach, or a bug.',
  },
}
