import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Resource } from '../graph/graph.ts'
import type { Command } from './command.ts'

/** Resources of the stage after the last run. */
export function readCheckpoint(command: Command): readonly Resource[] {
  if (!existsSync(command.checkpoint)) return []
  return JSON.parse(readFileSync(command.checkpoint, 'utf8')).checkpoint.latest?.resources ?? []
}

/** Writes the resources. A preview writes them too: SST reads the types of links from the file, and discards it. */
export function writeCheckpoint(command: Command, resources: readonly Resource[]): void {
  mkdirSync(dirname(command.checkpoint), { recursive: true })
  const manifest = { time: new Date().toISOString(), magic: '', version: '' }
  writeFileSync(
    command.checkpoint,
    JSON.stringify({ version: 3, checkpoint: { stack: command.stack, latest: { manifest, resources } } }),
  )
}
