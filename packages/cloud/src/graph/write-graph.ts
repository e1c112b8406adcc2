import { writeFileSync } from 'node:fs'
import type { App } from './graph.ts'
import type { MonitorClass, Pulumi } from './pulumi-types.ts'
import { record } from './record.ts'

/** Program of the evaluation's process: runs a configuration, writes the graph to `GRAPH_OUT`, and exits. */
export async function writeGraph(
  pulumi: Pulumi,
  monitor: MonitorClass,
  program: () => Promise<unknown>,
  app: App,
): Promise<void> {
  // Errors inside `apply` become unhandled rejections, as in Pulumi's language host.
  for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, fail)
  try {
    const graph = await record(pulumi, monitor, program, { app, region: process.env.SST_AWS_REGION ?? 'us-east-1' })
    writeFileSync(String(process.env.GRAPH_OUT), JSON.stringify(graph))
    process.exit(0)
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
