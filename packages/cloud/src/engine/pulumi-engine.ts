/**
 * Replaces Pulumi's engine under SST's own command line. It runs the program that SST has bundled, compares the
 * registered resources with those of the last run, and reports the difference as the engine does. It creates nothing.
 * `replacements.ts` says what replaces a resource. It can't know whether a provider would reject an input.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Resource } from '../graph/graph.ts'
import { record } from '../graph/record.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { type Command, commandOf } from './command.ts'
import { compare } from './compare-runs.ts'
import { reporter } from './events.ts'

/** The engine version that SST 4.17 requires. */
const version = 'v3.215.0'

async function resourcesOf(command: Command, before: ReadonlyMap<string, Resource>): Promise<readonly Resource[]> {
  const main = /main: (.*)/.exec(readFileSync('Pulumi.yaml', 'utf8'))?.[1]?.trim() ?? ''
  const require = createRequire(main)
  const { MockMonitor } = require('@pulumi/pulumi/runtime/mocks.js')
  const program = async () => (await import(pathToFileURL(main).href)).default
  const app = { name: command.app, stage: command.stage }
  const { resources } = await record(require('@pulumi/pulumi'), MockMonitor, program, {
    app,
    region: command.region,
    before,
    replaces: (old, next) => compare(old, next).operation === 'replace',
  })
  return resources
}

async function update(command: Command): Promise<void> {
  const report = reporter(command)
  const fail = (error: unknown): void => {
    report.failure(error)
    process.stderr.write(`${error}\n`)
    process.exit(1)
  }
  for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, fail)
  try {
    const before = new Map(readCheckpoint(command).map((resource) => [resource.urn, resource]))
    const after = await resourcesOf(command, before)
    for (const resource of after) report.resource(before.get(resource.urn), resource)
    const present = new Set(after.map(({ urn }) => urn))
    for (const [urn, resource] of before) if (!present.has(urn)) report.resource(resource, undefined)
    writeCheckpoint(command, after)
    report.end()
    process.exit(0)
  } catch (error) {
    fail(error)
  }
}

const command = commandOf(process.argv.slice(2))
const verbs: Readonly<Record<string, () => unknown>> = {
  version: () => process.stdout.write(`${version}\n`),
  init: () => writeCheckpoint(command, []),
  preview: () => update(command),
  up: () => update(command),
}

const act = verbs[command.verb]
if (!act) throw new Error(`the engine has no command ${process.argv.slice(2).join(' ')}`)
await act()
